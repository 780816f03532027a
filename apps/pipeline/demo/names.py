"""The words the borough is made of. Names are common or invented; every combination is drawn at random."""

GIRLS = tuple(
    """Aaliyah Abigail Ada Ailsa Aisha Alice Amara Amber Amelia Amelie Amina Amy Anaïs Anastasia Anna Annabel
    Anya Aoife Aria
    Ava Ayesha Beatrice Bella Beth Bonnie Bronwen Brooke Caitlin Cara Carys Catherine Charlotte Chidinma
    Chloé Clara Daisy Darcey Dilys
    Éabha Eden Edith Eilidh Elena Eleanor Eliza Elizabeth Ella Ellie Eloise Elsie Emilia Emily Emma Erin Esme
    Esmé Eva Evelyn Evie
    Faith Farrah Fatima Fenn Fern Florence Frankie Freya Gabriela Georgia Grace Gwen Hafsa Halima Hana Hannah
    Harriet Hattie Heidi
    Holly Imogen India Iona Iris Isabella Isabelle Isla Ivy Jasmine Jessica Jodie Jorja Josephine Julia Juno
    Kaja Katarzyna Katie
    Kayleigh Keira Khadija Kiera Lara Layla Leah Leila Lexi Libby Lila Lily Lola Lottie Lucy Luna Lydia Mabel
    Maddison Maisie Maja
    Malak Margot Maria Marnie Martha Maryam Matilda Maya Megan Mia Mila Millie Molly Mya Nadia Naomi Nevaeh
    Ngozi Niamh Nina Noor
    Olive Olivia Orla Paige Penelope Perpetua Philippa Phoebe Poppy Priya Rebecca Robyn Rosalind Rose Rosie
    Ruby Ruth Saanvi Safa
    Saoirse Sara Scarlett Seren Shanice Sienna Siân Skye Sofia Sophia Sophie Soraya Stella Summer Tabitha
    Tamsin Tia Tilly Uma
    Violet Willow Yara Yusra Zahra Zainab Zara Zofia Zoe Zuzanna""".split()
)

BOYS = tuple(
    """Aaron Abdul Adam Aidan Ahmed Albie Albert Alexander Alfie Ali Amir Andrew Angus Archie Arjun Arlo
    Arthur Asher Ashton Ayaan
    Bartosz Ben Benjamin Billy Blake Bo Bobby Bodhi Bradley Brandon Brody Caleb Callum Cameron Casey Charlie
    Chukwudi Cian Cody Connor Cormac
    Daniel David Declan Dexter Dominic Dylan Edward Edwin Eli Elijah Elliot Emeka Ethan Euan Ezra Felix Filip
    Finlay Finn Fraser Freddie
    Frederick Gabriel George Gethin Grayson Gruffydd Harley Harrison Harry Harvey Haris Henry Hugo Hunter
    Ibrahim Idris Imran Isaac
    Ismail Ivan Jack Jackson Jacob Jake Jakub Jamal James Jamie Jan Jasper Jayden Jesse Joe Joel John Jonah
    Joseph Josh Joshua Jude
    Kacper Kai Kian Kofi Kwame Kyle Leo Leon Lewis Liam Logan Louie Louis Luca Lucas Luke Malachi Marcel
    Marley Mason Mateusz Matthew
    Max Maximilian Michael Miles Milo Mohammed Muhammad Musa Myles Nathan Nathaniel Niall Nicholas Noah
    Oakley Obi Ollie Oliver Omar
    Oscar Otis Otto Owen Oisín Patrick Percy Peter Ralph Reece Reggie Reuben Rhys Riley River Robert Robin
    Roman Ronnie Rory Rowan Rufus
    Ryan Samir Samuel Santiago Seb Sebastian Séamus Seth Shay Sol Sonny Stanley Tariq Taylor Teddy Theo
    Theodore Thomas Tobias Toby
    Tom Tommy Tristan Tyler Usman Vihaan Vincent Wilfred Will William Xavier Yahya Yusuf Zac Zachary Zayn
    Zion""".split()
)

SURNAMES = tuple(
    """Abara Abbott Adams Adderley Adebayo Ahmed Ainsley Akhtar Ali Allan Amos Andrews Appleby Archer
    Armitage Arnold Ashby Askham Atkinson
    Austin Bailey Baines Baker Banks Barker Barlow Barnes Barrett Barton Bates Baxter Beck Bell Bennett
    Benson Bentley Berry Birch Bird
    Blackburn Blake Bligh Bolton Booth Bowes Bowman Boyle Brackenridge Bradshaw Brady Bright Brook Brown
    Bryant Buckley Burgess Burke Burton Butcher
    Butler Byrne Calder Callaghan Cameron Campbell Carey Carr Carter Cassidy Chadwick Chaudhry Chen Chidlow
    Clark Clarke Clements
    Cole Coleman Collins Conway Cook Cooper Coulson Cox Craig Crane Crawford Cross Crosthwaite Curtis Dalton
    Daniels Das Davies
    Dawson Dean Delaney Dempsey Dixon Dobson Dodds Doherty Donnelly Douglas Doyle Drummond Duffy Dunn Eccles
    Edwards Egan Elliott Ellis
    Emmerson Etheridge Evans Everett Farrell Fenwick Ferguson Fielding Finch Fisher Fitzgerald Fletcher Flynn
    Ford Forster Foster Fowler Fox
    Fraser Frost Gallagher Gardner Garrett Gibbons Gibson Gill Goddard Gomez Goodwin Gordon Graham Grant Gray
    Greaves Green Griffiths
    Guest Hale Hall Hamilton Hammond Hanley Hanson Harding Hargreaves Harper Harris Harrison Hart Hartley
    Harvey Hassan Hawkins Hayes
    Haynes Heath Henderson Henry Hewitt Hickson Higgins Hill Hobbs Hodgson Holland Holmes Holt Hope Horton
    Howard Howe Hudson Hughes Hunt
    Hunter Hussain Hutchinson Ibrahim Iqbal Irving Islam Jackson Jacobs James Jarvis Jenkins Jennings Johnson
    Johnston Jones Jordan Joyce Kane
    Kaur Kay Keane Kelly Kemp Kennedy Kent Kerr Khan King Kirby Knight Knowles Kowalczyk Kowalski Kumar Lamb
    Lambert Lane Larkin
    Laverick Lawrence Lawson Leach Lee Leigh Lennon Lewandowska Lewis Lister Little Lloyd Long Lowe Lynch
    MacDonald Mahmood Malik Mann Marsden
    Marsh Marshall Martin Mason Matthews May McAllister McBride McCarthy McCormack McDonald McGrath McKenna
    McLean McMahon Mellor Mendes
    Metcalfe Miah Middleton Mills Milner Mitchell Mohamed Monk Moore Moran Morgan Morley Morris Moss Müller
    Murphy Murray Mustafa Myers
    Nash Naylor Nelson Newton Nguyen Nicholls Nicholson Nixon Nolan Norman Norris North Nowak Núñez Nwosu
    Oakley Odell Okafor Okeke
    Okonkwo Oliver Olsen O’Brien O’Connor O’Donnell O’Hara O’Neill Osborne Osei Owen Page Palmer Park Parker
    Parry Patel Patterson
    Payne Pearce Pearson Pemberton Pembridge Perkins Perry Peters Phillips Pickering Porter Potter Powell
    Pratt Preston Price Procter Quinn
    Rahman Ramsey Randall Rashid Reece Reed Reid Reyes Reynolds Rhodes Richards Riley Roberts Robinson Robson
    Rogers Rowe Rowntree Russell
    Ryan Sadler Salmon Sanderson Sandhu Saunders Schofield Scott Shah Sharma Sharp Shaw Shepherd Sheridan
    Short Simmons Simpson Sinclair
    Singh Skelton Slater Small Smith Snowdon Spencer Stanley Stead Steele Stephens Stevens Stewart Stockdale
    Stokes Stone Stott Stroud
    Sutherland Sutton Swift Tallis Talbot Tate Taylor Thompson Thornton Thorpe Todd Townsend Tran Tucker
    Turner Tyson Ullah Usher Vance
    Vaughan Venn Vickers Wade Walker Wallace Walsh Walters Ward Warner Warren Waters Watkins Watson Watts
    Weaver Webb Welch West Weston
    Wheatley White Whitehead Whitlow Wilkins Wilkinson Williams Willis Wilson Winter Wolfe Wong Wood Woods
    Wragby Wright Yates Young Zając
    Zhang Zielińska""".split()
)

KNOWN_AS = {
    "Abigail": "Abi", "Alexander": "Alex", "Amelia": "Millie", "Andrew": "Andy", "Benjamin": "Ben",
    "Catherine": "Cat", "Charlotte": "Lottie",
    "Daniel": "Dan", "Edward": "Ted", "Eleanor": "Nell", "Elizabeth": "Lizzie", "Frederick": "Fred",
    "Isabella": "Izzy", "Isabelle": "Izzy",
    "Jessica": "Jess", "Joseph": "Joe", "Joshua": "Josh", "Katarzyna": "Kasia", "Matilda": "Tilly",
    "Matthew": "Matt", "Michael": "Mikey",
    "Mohammed": "Mo", "Nathaniel": "Nate", "Nicholas": "Nick", "Oliver": "Ollie", "Patrick": "Paddy",
    "Philippa": "Pip", "Rebecca": "Becky",
    "Robert": "Bobby", "Samuel": "Sam", "Sebastian": "Seb", "Tamsin": "Tam", "Theodore": "Theo",
    "Thomas": "Tom", "William": "Will",
    "Zachary": "Zac",
}  # fmt: skip

MISHEARD = {
    "Aisha": "Ayesha", "Aidan": "Aiden", "Amelie": "Amelia", "Beth": "Bethany", "Caitlin": "Kaitlyn",
    "Callum": "Calum", "Connor": "Conor",
    "Ellie": "Elly", "Erin": "Eryn", "Evie": "Evy", "Finlay": "Finley", "Harvey": "Harvie",
    "Isabelle": "Isabel", "Jodie": "Jody",
    "Kayleigh": "Kaleigh", "Keira": "Kiera", "Layla": "Leila", "Lewis": "Louis", "Lily": "Lilly",
    "Maisie": "Maisy", "Maya": "Mya",
    "Megan": "Meghan", "Mohammed": "Muhammad", "Niamh": "Neve", "Nathan": "Nathen", "Rhys": "Reece",
    "Rory": "Rorie", "Sara": "Sarah",
    "Sean": "Shaun", "Sophie": "Sofie", "Stephen": "Steven", "Taylor": "Tayler", "Zac": "Zach",
    "Zara": "Zahra",
}  # fmt: skip

TOWNS = (
    "Brackmoor",
    "Hallowby",
    "Sandrigg",
    "Nethercotes",
    "Wendhope",
    "Quarrington Moor",
    "Saltwick",
    "Thistleby",
)

STREET_WORDS = tuple(
    """Alder Amble Anvil Arrowsmith Barley Beacon Bellfield Birchwood Bluebell Bramble Brewhouse Bridge
    Brimham Buttercup Carding Cartwright Chapel Chestnut
    Church Clover Colliers Coronation Cotton Cowslip Cropton Curlew Dene Dovecote Elder Fairfield Fallow
    Farrier Fernhill Ferryman Fieldfare
    Flaxmill Foundry Fuller Garth Glebe Gorse Grange Greenlaw Hadley Hawthorn Hazel Heron Highfield Holly
    Hopper Ironstone Jubilee
    Kestrel Kiln Lapwing Larch Lark Laurel Limekiln Linnet Lockside Mallow Maltings Marsh Meadow Mercer
    Millrace Moorland Newlands Nightingale Oak
    Orchard Osprey Paddock Park Pear Pinder Plover Poplar Primrose Quarry Ravensworth Redwing Reedmace
    Ridgeway Rowan Rushmere Saddler Sandpiper Sawmill Sedge
    Sexton Shearwater Silverdale Skylark Smithy Sorrel Spinner Station Swallow Sycamore Tanner Teasel
    Thresher Turnstone Victoria Wagtail Weaver Wheatfield
    Whinfell Willow Windmill Woodside Wren Yarrow""".split()
)

STREET_KINDS = (
    "Street",
    "Road",
    "Avenue",
    "Close",
    "Terrace",
    "Lane",
    "Drive",
    "Grove",
    "Court",
    "Way",
    "Crescent",
    "Walk",
)

SCHOOL_WORDS = tuple(
    """Ashgill Beckside Birkdene Blakelaw Brambleside Broadmires Cairnside Coldwell Crossbeck Dalefoot
    Eastgarth Elmsworth Fairmead Fellgate Ferndene
    Fourstones Foxcover Gillside Greystoke Hallgarth Hawksike Heatherlaw Highcliffe Hollinside Inglegarth
    Kingsmere Kirkhaugh Langbeck Larkmoor
    Leaside Lingfield Longmire Lowfields Mereside Millbeck Moorgate Netherby Northfold Oakenshaw Overdale
    Pinewood Raisdale Ravensty Ridley
    Roseberry Rowanfield Sandbeck Scarside Seaview Silverwell Southlands Springwell Stonegate Sunnybrow
    Swinhope Thornbeck Underhill Waterside
    Wellfield Westgarth Whinmoor Wildsmere Windyridge Woodhouse Wynbrook Yarmside""".split()
)

SAINTS = (
    "St Aelred's",
    "St Bede's",
    "St Cedd's",
    "St Ebba's",
    "St Godric's",
    "St Hild's",
    "St Oswin's",
    "St Wilfrid's",
)

NURSERY_WORDS = (
    "Acorns",
    "Bumblebees",
    "Caterpillars",
    "Conkers",
    "Dandelions",
    "Ducklings",
    "Fireflies",
    "Hedgehogs",
    "Ladybirds",
    "Little Owls",
    "Little Steps",
    "Minnows",
    "Moonbeams",
    "Otters",
    "Pebbles",
    "Puddles",
    "Rainbows",
    "Robins",
    "Seedlings",
    "Snowdrops",
    "Squirrels",
    "Starfish",
    "Sunbeams",
    "Tadpoles",
    "Teddies",
    "Toadstools",
    "Treetops",
    "Twinkles",
    "Windmills",
    "Woodlanders",
)

NURSERY_KINDS = ("Day Nursery", "Pre-School", "Nursery", "Playgroup", "Children's Centre Nursery")
