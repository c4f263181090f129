"""Documents the hub makes: PDF with headings, language and marking.

Personal data is passed as values, never as markup.
"""
