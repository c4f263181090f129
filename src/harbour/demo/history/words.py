"""Names, streets and sentences of invented people. No sentence tells of anybody who lives."""

GIVEN = {
    "M": (
        "Aaron Adam Ahmed Aidan Alfie Ali Amir Archie Ashton Ben Bilal Blake Brandon Callum Cameron Connor Corey "
        "Daniel Declan Dominik Dylan Elliot Ethan Finley Gabriel George Hamza Harrison Harvey Hassan Ibrahim Isaac "
        "Jack Jakub Jamal Jayden Joel Jordan Joshua Kai Kamil Kayden Kian Kieran Kyle Leo Lewis Liam Logan Luke "
        "Marcus Mason Mateusz Mohammed Nathan Noah Oliver Omar Oscar Owen Patrick Rhys Riley Robbie Ryan Samuel "
        "Sean Taylor Theo Tomasz Tyler Usman Yusuf Zachary Zain"
    ).split(),
    "F": (
        "Aaliyah Abigail Aisha Alexandra Alicia Amber Amelia Amina Amy Anna Ava Beth Caitlin Charlotte Chloe Courtney "
        "Daisy Demi Ella Ellie Emily Emma Erin Eva Evie Faith Fatima Florence Freya Georgia Grace Gracie Hannah "
        "Harriet Holly Imogen Isabelle Jade Jasmine Jessica Julia Kacey Karolina Kayleigh Keira Khadija Lacey Lauren "
        "Leah Lexi Libby Lily Lola Lucy Maddison Maisie Maria Maya Megan Mia Millie Molly Nadia Natalia Niamh Nicole "
        "Olivia Paige Phoebe Poppy Rebecca Rosie Ruby Samira Sarah Scarlett Shannon Sienna Skye Sophie Summer Tia "
        "Zainab Zara Zoe"
    ).split(),
}
FAMILY = (
    "Abbott Adeyemi Ahmed Akhtar Allcott Appleyard Ashdown Bailey Barker Bashir Begum Bellamy Birch Bowdler Bradley "
    "Bramall Brennan Burrows Calloway Carver Chadwick Chambers Chowdhury Clarke Coleby Cooke Cranmer Crosby Dabrowski "
    "Dalton Daly Denham Dhillon Dixon Doherty Draycott Eastwood Ellery Farrow Fenn Fielding Finch Fletcher Foxley "
    "Gallagher Garner Gill Goddard Greaves Hale Hallam Hammond Harker Hartley Hassan Hawley Haynes Hobday Holt Hussain "
    "Iqbal Islam Jarvis Jennings Kaminski Kaur Keane Kendall Khan Kirkby Kowalczyk Lacey Langton Lawal Leggett Lister "
    "Lockwood Lowe Maguire Mahmood Malik Marlow Mayhew Meadows Mensah Miah Millward Moffat Moreton Mulligan Naylor "
    "Newbold Nowak Oakley Okafor Oldfield Osei Packer Palfrey Patel Pearce Pickering Plant Popov Prescott Quinn Radley "
    "Rafferty Rahman Rawlings Reid Ridgeway Rowntree Sadler Saleem Sandhu Savage Sharpe Shaw Sheldon Sidhu Skinner "
    "Slater Stanley Stubbs Sutcliffe Swann Tait Talbot Tanner Thorne Thurlow Tilley Travers Turnbull Underhill Varley "
    "Wainwright Walker Warburton Webster Weir Whitby Wilcox Winslow Wojcik Wragg Wyatt Yarwood Zaman"
).split()
STREETS = (
    "Alder Road,Baker's Rise,Barn Close,Beacon Street,Bramble Way,Canal Row,Chapel Lane,Coppice Drive,Dyer Street,"
    "Elm Grove,Fellmonger Lane,Fern Avenue,Foundry Road,Garth Close,Hawthorn Walk,Hosiery Street,Kiln Lane,"
    "Larch Crescent,Linden Road,Maltings Yard,Millrace Close,Nethergate,Orchard Way,Pinfold Road,Quarry Hill,"
    "Rookery Lane,Sexton Street,Spinney Road,Tannery Court,Teasel Drive,Wharf Street,Yew Tree Avenue"
).split(",")
TOWNS = {
    "county": (
        "Ashby Fold",
        "Brackenham",
        "Castle Orton",
        "Hinckmere",
        "Loughby",
        "Marlow Green",
        "Oadthorpe",
    ),
    "city": ("Wexcombe",),
    "rutland": ("Ottermere", "Uppingley"),
}
SCHOOLS = (
    "Brackenham Community College,Castle Orton High School,Hinckmere Academy,Loughby Grange School,"
    "Oadthorpe Park School,Riverside Pupil Referral Unit,Saint Werburgh's School,Wexcombe Vale Academy"
).split(",")
HOUSE_NAMES = (
    "Alderbank,Ashcombe House,Badger's Holt,Beech Lodge,Birchwood House,Bramley Court,Brook House,Chestnut Lodge,"
    "Copper Beeches,Corner House,Crossways,Dale View,Eastfield Lodge,Elmhurst,Fairholme,Fern Cottage,Fox Hollow,"
    "Gatehouse Lodge,Glebe House,Greenacres,Hazel Bank,Heath Lodge,Highfield House,Hollybank,Ivy House,Juniper Lodge,"
    "Kestrel House,Limetree House,Long Meadow,Maple House,Meadow View,Mill Cottage,Northlands,Oak Lodge,Old Forge,"
    "Orchard House,Pear Tree House,Pinewood,Quarry House,Rowan House,Saffron Lodge,Sandpiper House,Sorrel House,"
    "Spinney Lodge,Stable House,Swallowfield,Sycamore House,Tall Trees,The Paddocks,Thornbury Lodge,Tithe House,"
    "Valley View,Wayside,Willow Bank,Woodside Lodge"
).split(",")
OTHER_TOWNS = {
    "neighbour": "Northmoor",
    "eastmere": "Eastmere",
    "saltby": "Saltby",
    "harrowdale": "Harrowdale",
    "thornfield": "Thornfield",
}
# Weights of the DfE's ethnicity codes among the invented children.
ETHNICITIES = {
    "WBRI": 56, "AIND": 9, "APKN": 5, "WOTH": 6, "BAFR": 4, "MWBC": 5, "BCRB": 2, "ABAN": 2, "MWAS": 2,
    "MOTH": 2, "MWBA": 1, "AOTH": 2, "WROM": 1, "NOBT": 3,
}  # fmt: skip

NARRATIVES = {
    "cse": (
        "An adult whom the child met through friends buys gifts and expects pictures in return. The child says it is a "
        "relationship and is worried that the adult will be angry.",
        "The child was collected from school twice by an adult in a car whom the family does not know. A friend told "
        "staff that the adult has sent the child money.",
        "Messages on the child's phone show an adult asking for intimate pictures and threatening to share one. The "
        "child showed them to a teacher and asked for help.",
        "The child came home at night with a new phone and bruises to the wrist and would not say who gave it. Parents "
        "have heard that adults at a flat give young people alcohol.",
        "The school nurse is worried about the age of the person the child describes as a partner and about what the "
        "child is expected to do for a place to stay.",
        "Police were called to a party at which several children were found with older adults. The child was "
        "frightened and asked not to be taken home by the host.",
    ),
    "cce": (
        "The child has two phones, new trainers and no money of their own. A sibling says that older boys have told "
        "the child to hold packages and that there is a debt.",
        "The child was found in a town an hour away by train with cash that was not theirs and would not say who had "
        "sent them. They asked the officer not to tell anyone.",
        "Staff saw the child handed something through a car window. The child later said they had no choice.",
        "The child's bicycle was taken by people to whom the child is said to owe money. The family has been told to "
        "pay by Friday.",
    ),
    "peer": (
        "A group of older pupils waits for the child after school, takes money and films it. The child has stopped "
        "going home the usual way.",
        "The child was seen with a blade and said that it was needed on the way home.",
    ),
}  # fmt: skip
REASONS = {
    "advice": "No sign that anybody exploits the child now; the referrer was advised whom to call and what to look for.",
    "nfa": "The account could not be borne out and the child is safe with the family; kept in watch.",
    "early_help": "The family asks for help with school and evenings; early help has been offered and accepted.",
    "existing_worker": "The child has a social worker, who was told today and will visit.",
    "daily_meeting": "Several signs of exploitation together; the agencies should see this at the next meeting.",
}
RATIONALES = {
    "high": "Harm is known or likely now, an adult has the child's trust or fear, and the child's safety depends on others.",
    "medium": "Several indicators in the last six months; the child has adults who look out for them.",
    "low": "Indicators are few or old, and the child and family work with those who help.",
}
CHILD_VOICES = (
    "I want people to stop asking me the same thing.",
    "I feel safe at my nan's.",
    "I didn't know who else to tell.",
    "I want to go back to football.",
    "I want my phone number changed.",
    "I'd like to see my brother more.",
    "I don't want to go past the station on my own.",
    "It helps when the same person comes.",
)
DECLINED = (
    "I've talked about it enough.",
    "The young person did not want to speak to anybody new.",
    "The young person said that nothing had happened and they were with a friend.",
)
PLAN_ACTIONS = {
    "safety": "Agree with the child and carers who is called first, and a way home in the evening.",
    "disruption": "Serve an abduction warning notice on the adult named, and review in six weeks.",
    "health": "Offer an appointment with the specialist nurse at a place the child chooses.",
    "education": "Meet the school about mornings and who the child can go to there.",
    "family": "Visit the parents together with early help and go through what to look for.",
}
LINES = (
    ("The Deano line", "confirmed", "county", "Thornfield", ("Loughby", "Castle Orton"), "in", (2018, 3, 5), None),
    ("The Bishop line", "confirmed", "county", "Thornfield", ("Hinckmere",), "in", (2018, 6, 18), None),
    ("The Jay Jay line", "confirmed", "county", "Saltby", ("Brackenham",), "in", (2018, 9, 3), (2019, 3, 22)),
    ("The Marco line", "confirmed", "county", "Wexcombe", ("Oadthorpe", "Ashby Fold"), "in", (2017, 11, 13), (2018, 12, 9)),
    ("The Northern line", "confirmed", "county", "Loughby", ("Northmoor",), "out", (2018, 1, 8), (2018, 10, 20)),
    ("The Kez line", "confirmed", "county", "Saltby", ("Marlow Green",), "in", (2016, 10, 3), (2017, 8, 27)),
    ("The Ricky line", "confirmed", "county", "Thornfield", ("Loughby",), "in", (2017, 1, 16), (2018, 6, 11)),
    ("The Smiler line", "suspected", "county", "Eastmere", ("Hinckmere",), "in", (2019, 1, 21), (2019, 3, 3)),
    ("The Tall Boy line", "suspected", "county", "Wexcombe", ("Ashby Fold",), "both", (2018, 5, 7), (2018, 8, 30)),
    ("The Frost line", "confirmed", "city", "Thornfield", ("Wexcombe",), "in", (2017, 9, 4), (2019, 3, 28)),
    ("The AJ line", "confirmed", "city", "Saltby", ("Wexcombe",), "in", (2018, 4, 9), (2019, 2, 17)),
    ("The Pepper line", "confirmed", "city", "Wexcombe", ("Northmoor", "Uppingley"), "out", (2018, 2, 12), (2018, 11, 25)),
    ("The Ghost line", "suspected", "rutland", "Wexcombe", ("Uppingley",), "in", (2018, 12, 3), (2019, 2, 8)),
)  # fmt: skip
