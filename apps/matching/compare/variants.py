"""Forenames that are one name spelt, shortened or carried over from another script in several ways, as data."""

from functools import cache

from apps.children.nicknames import GROUPS

#: One name written in several ways: nearer than a nickname, and of one sex.
SPELLINGS = """
muhammad mohammed mohamed mohammad muhammed mohamad mohamud mohamoud mahamed mahammad muhamed muhamad mohammod mohd md
ahmed ahmad achmed ahmet
abdullah abdulla abdallah abdalla abdullahi
abdul abdel abdal abdu
ali aly
hussain hussein husain husayn hossain husein
hassan hasan hassaan
yusuf yousef yousuf yusof youssef yosef yousif usuf
ibrahim ebrahim ibraheem
ismail ismael esmail ismaeel
omar umar omer umer
usman osman othman uthman usmaan
bilal bilaal belal
ayan ayaan
rayan rayyan
zain zayn zane zayne
zainab zaynab zeinab zeynab zeynep
aisha ayesha aysha aishah ayeshah aicha aishat
fatima fatimah fatema fatma fathima
khadija khadijah kadija hadija khadeeja
maryam mariam meryem maryem mariyam miriam
amina aminah ameena aamina
hafsa hafsah hafza
safiya safiyah safia safiyya
sumaya sumayya sumaiya sumayah sumayyah
halima halimah haleema
layla leila laila leyla layla
nur noor nour
aliya aliyah aaliyah aliyya alia
yahya yahia yehia
mustafa mustapha moustafa
hamza hamzah
idris idrees idriss
imran emran imraan
tariq tarik tarek tareq
khalid khaled
saeed said sayid saied
haroon harun haroun
sulaiman suleiman suleyman sulayman soliman
jean jeanne
sean shaun shawn shaune
aidan aiden ayden aydan aidyn
jayden jaden jaiden jaydon jadon
kayden caden cayden kaiden
callum calum callam
connor conor conner
rhys reece reese rees
owen owain
lewis louis
niall neil neal
euan ewan ewen
iain ian
stuart stewart
alan allan allen
philip phillip philipp
geoffrey jeffrey jeffery geoffery
stephen steven stefan stephan
graham graeme grahame
matthew mathew matthieu matheus mateusz mateus
mark marc
eric erik
carl karl
christopher kristopher kristofer krzysztof
nicholas nicolas nikolas nickolas mikolaj
alexander aleksander alexandre aleksandr alexandru oleksandr
michael mikael micheal mykhailo mikhail
dmitri dmitry dmytro dimitri dmitriy
sergei sergey serhii sergiy
andrei andrey andrii andriy
yuri yuriy yurii
volodymyr vladimir wladimir
oleksii alexei aleksei alexey
kateryna katerina ekaterina yekaterina
oleksandra aleksandra alexandra
yuliia yulia julia iulia
mariia maria marya
nataliia natalia nataliya natalie nathalie
sofiia sofia sophia sofiya zofia
anastasiia anastasia anastasiya anastazja
catherine katherine kathryn katharine cathryn catharine kathrine catrin katrin
caitlin kaitlyn kaitlin caitlyn katelyn kaitlynn
sarah sara
hannah hanna hana
anna ana
anne ann
elizabeth elisabeth elspeth
isabel isobel isabelle isabell ysabel
isabella izabella isabela
ellie elly elli
eleanor elinor eleanora ellenor
rebecca rebekah rebeka rebecka
rachel rachael racheal
deborah debra debora
teresa theresa therese
geraldine jeraldine
gillian jillian
lesley leslie
lindsay lindsey linsey lyndsey lyndsay
lynn lynne lin
jodie jody jodi
kayleigh kayley kaylee kayleigh caleigh kaileigh
chloe khloe cloe
zoe zoey zoie
phoebe pheobe
megan meghan meagan
niamh neve neave
siobhan shivaun
keira kiera kira kyra
ciara keara kiara
freya freyja
maisie maisy mazie
evie evy
lily lilly lili lillie
millie milly
poppy poppie
abigail abigale abbigail abigayle
madeleine madeline madelaine madalyn
amelia emelia amelie
emilia emily
eloise heloise
esme esmee esmae
jasmine jasmin yasmin yasmine yasmeen jazmin
jessica jesica
georgia giorgia
charlotte charlotta
scarlett scarlet
layton leighton leyton
tyler tylor
taylor tayler tailor
bradley bradly
harrison harisson
jakub jacob yakub yaqub
jan ian
kacper kasper casper
wojciech vojtech
tomasz tomas thomas
pawel pavel paul
piotr pyotr petr peter
oluwaseun seun
oluwatobi tobi
chukwuemeka emeka
ngozi ngozichukwu
xuan suan
li lee
nguyen nguyen
"""


@cache
def _index(lines: tuple[frozenset[str], ...]) -> dict[str, tuple[frozenset[str], ...]]:
    found: dict[str, list[frozenset[str]]] = {}
    for group in lines:
        for name in group:
            found.setdefault(name, []).append(group)
    return {name: tuple(groups) for name, groups in found.items()}


_SPELT = tuple(frozenset(line.split()) for line in SPELLINGS.strip().splitlines())


def same_spelling(one: str, other: str) -> bool:
    """Whether two single names are one name written in two ways."""
    return any(other in group for group in _index(_SPELT).get(one, ()))


def nicknames(one: str, other: str) -> bool:
    """Whether one single name is a short or familiar form of the other, or of one they share."""
    return any(other in group for group in _index(GROUPS).get(one, ()))


@cache
def known_names() -> frozenset[str]:
    """Every forename named here: a spelling that is none of them may be a slip."""
    return frozenset(_index(_SPELT)) | frozenset(_index(GROUPS))
