"""Children who go missing, their return, and the interview they must be offered.

Words: *missing* means whereabouts not known; *away without authorisation* means a looked-after
child is not where they should be and whereabouts are known. A *return home interview* is offered by
someone independent within 72 hours of return, for every episode. The four *populations* are never
mixed in a figure.
"""
