"""Short and familiar forms of forenames, as data: each line is one group whose names find each other."""

GROUPS = tuple(frozenset(line.split()) for line in """
abigail abi abbie abby gail
adam ad
aleksander aleksandr alexander alexandra alexandre alex alec lexi sandy sasha xander zander
alfie alfred alf fred freddie
amelia amy millie milly mia
andrea andrew andy drew
angela angie
anna anne annie ann hannah
anthony antony tony ant
archibald archie
arthur art artie
barbara babs barb
benjamin ben benny benji
bethany elizabeth beth betty bess eliza elsie libby lisa liz lizzie lizzy isabel isabella isabelle bella belle izzy
bradley brad
cameron cam
catherine katherine kathryn katharine kate katie cathy kathy kat kitty
charles charlie chas chuck charlotte lottie charley
christopher christian christina christine chris kit kris christie chrissy tina
daniel daniela danielle dan danny dani
david dave davey dai
deborah debra deb debbie
dominic dom nic
dorothy dot dotty
edward ed eddie ned ted teddy
eleanor ellie ella nell nora elle
emily em emma emmy millie
ethan eth
evelyn eve evie eva
florence flo florrie flossie
frances francesca francis fran frankie frank
gabriel gabriella gabrielle gabe gabby
george georgia georgina georgie
grace gracie
gregory greg
harold harry henry harriet hattie hal hank
isaac ike zac
jack jackson john johnny jonathan jon jonny jono
jacob jake
jacqueline jackie jacqui
james jamie jim jimmy jimbo
jasmine jas jaz jazz
jennifer jen jenny jenna
jessica jess jessie
joanna joanne jo josephine josie
joseph joe joey
joshua josh
kimberley kim
lawrence laurence larry laurie
leonard leo lenny len leon
lillian lily lilly lil
louis lewis lou louie
louise lou lulu
lucy lucinda lulu luce
madeleine madeline maddie maddy
margaret maggie meg megan peggy
martha marta
martin marty
mary maria marie molly polly may
matthew mathew matt matty
maximilian maxwell max
michael mike mick micky mikey
mohammed mohamed muhammad mohammad muhammed mo
natalie natasha nat tasha
nathan nathaniel nate nat
nicholas nicola nicolas nick nicky nico nikki
oliver olivia ollie olly liv livvy
oscar ozzie
patricia patrick pat patsy paddy trish
penelope penny
peter pete
philip phillip phil pip
philippa pippa pip
rachel rach
rebecca becky bex becca
reginald reggie reg
richard rich richie rick ricky dick
robert rob robbie bob bobby bert robin
ronald ron ronnie
rosemary rose rosie
ryan ry
samuel samantha sam sammy
sarah sara sally sadie
scarlett scar
sebastian seb
sophia sophie soph
stephen steven stephanie steve steph stevie
susan susannah suzanne sue susie suzy
tamsin thomasina tam tamzin
theodore theo ted teddy
thomas tom tommy
timothy tim timmy
toby tobias
victoria vicky vic tori
vincent vince vinny
william will willy bill billy liam
wilfred wilf
zachary zac zack zak
zoe zoey
""".strip().splitlines())  # fmt: skip


def forms_of(forename_key: str) -> frozenset[str]:
    """The name and every form that it is known by."""
    return frozenset({forename_key}).union(*(group for group in GROUPS if forename_key in group))
