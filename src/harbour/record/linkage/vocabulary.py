"""Parts of a name, and the names that people use for one another."""

from django.db.models import TextChoices


class Field(TextChoices):
    """Which part of a name a token belongs to."""

    GIVEN = "given", "Given name"
    FAMILY = "family", "Family name"


# One line, one name with its short forms and spellings, as they are met in England. Written by
# hand; a name may stand in several lines. Spellings one letter apart are found without a line.
GIVEN_VARIANTS = """
abdul abdal abdel
abdullah abdallah abdulla
abigail abby abbie gail
adam adas
adrian ade
ahmed ahmad ahmet
aisha ayesha aysha aishah ayshah
alan allan allen al
albert al bert bertie
alexander alex alec alexis sandy xander sasha lex
alexandra alex alexa sandra lexi sasha ola aleksandra
alfred alf alfie fred freddie
alice ali ally alicia
ali aly
alison ali ally allison
amelia amy millie mia
amina aminah amena
andrew andy drew andrzej andrei
angela angie ange
ann anne anna annie annette
anastasia nastia ana stacey
anthony tony ant antony antoni
antonia toni
arthur art artie
barbara barb babs basia
barnaby barney
bartholomew bart bartek bartosz
beatrice bea trixie
benjamin ben benny benji
bernadette bernie
bernard bernie
bethany beth
bilal billal belal
bogdan boguslaw
bradley brad
bronislaw bronek
caroline carol caro carrie karolina
casper kacper kasper
catherine kate cath cathy kathy katie katy kathryn katherine kat kitty cat katarzyna kasia catriona
charles charlie chas chuck
charlotte charlie lottie
christina chris chrissie tina krystyna christine krysia
christopher chris kit kris krzysztof
claire clare clara
clifford cliff
cornelius con connie
curtis kurtis
daniel dan danny
danielle dani
david dave davy dai dawid davey
deborah debbie debs deb debra
denise dee
dennis den denis
derek del
desmond des
dominic dom dominik nic
donald don donnie
dorothy dot dottie dora
douglas doug dougie
duncan dunc
edward ed eddie ted teddy ned edek
eilidh ailie
eleanor ellie nell nora elly elena
elizabeth liz lizzie beth betty bess eliza lisa libby elspeth elzbieta ela betsy
ellen ellie nell
emily em emmy millie
emma em
emmanuel manny emanuel
eoin owen ewan euan eoghan
ernest ernie
eugene gene
evangeline eva evie
ewa eva ewelina
farah farrah
fatima fatimah fatma fatema
faisal feisal faysal
florence flo flora florrie
frances fran fanny francesca frankie chessie
francis frank frankie fran
frederick fred freddie freddy
gabriel gabe gabi
gabrielle gabby gabi gabriela
gareth gaz gary
gary gaz gazza garry
geoffrey geoff jeff jeffrey
george georgie jerzy georg
georgia georgie georgina gina
gerald gerry jerry
gerard gerry ged
gillian gill jill jillian
giles gil
grace gracie
graham graeme grahame
gregory greg grzegorz
gwendolyn gwen
hamza hamzah hamsa
harold harry hal
harriet harry hattie
harrison harry
hassan hasan hassaan
helen nell nellie elena lena helena
henry harry hal hank henryk
hugh hughie huw
hussain hussein husain husayn hussayn
ian iain
ibrahim ebrahim abraham
imran imraan
isabella bella izzy isabel isabelle isobel izabela iza
isaac ike zac
jack jackie john
jacob jake jakub kuba jacek
jacqueline jackie jacqui
james jim jimmy jamie jem jimi
jane janie jenny
janet jan
jasmine jas yasmin yasmine jasmin
jason jay jase
jayden jaiden jaden
jeffrey jeff geoffrey
jennifer jen jenny jenni
jeremy jez jerry
jessica jess jessie
joan joanie
joanna jo joanne joann joasia asia
john jack johnny jon jan johnnie
jonathan jon jonny jonathon
jordan jordy jordon
joseph joe joey jozef yusuf youssef
josephine jo josie
joshua josh
judith judy jude
julia julie jules
julian jules
kamil camille
karen kaz
kayleigh kaylee kayley kay
keith kev
kenneth ken kenny
kevin kev
khadija khadijah khadeeja
kieran ciaran kieron
kimberley kim kimberly
kirsty kirsten christine
laura lol lorna
lauren loz
lawrence larry laurie lawrie laurence
leo leon leonard leonardo
leonard len lenny leo
leah lea lia
lewis louis lou louie
liam william
lillian lily lil lilly
linda lin lindy lynda
louise lou lulu
lucy lucie luiza
lucas luke luca lukasz lukas
ludwik lutek
madeleine maddie maddy madeline
maciej mathias maciek
magdalena magda maggie
malcolm malc mal
malgorzata gosia margaret
margaret maggie meg peggy marge madge margot greta rita daisy
maria mary marie mariam maryam miriam marysia
marian maryam mariam miriam
mark marc marek markus
martin marty marcin
matilda tilly mattie tilda
matthew matt matty mateusz
maxwell max
maximilian max maks maksymilian
megan meg meggie
melanie mel
melissa mel lissa
michael mike mick mickey mikey michal mikolaj
michelle shell chelle
mohammed muhammad mohammad mohamed muhammed mohamad mohd md mo muhamed mehmet
mustafa mustapha
nadia nadya nadiya
natalie nat natalia natasha tasha nata
natasha tasha tash nat
nathan nate nath nathaniel
nathaniel nathan nate nat
nicholas nick nicky nic nico mikolaj nicolas
nicola nicky nic nikki nicole
niamh neve neave
noor nur nour
oliver ollie olly
olivia liv livvy ollie
omar umar omer
oscar oskar ozzy
oluwaseun seun
oluwatobi tobi
owen owain
pamela pam
parveen parvin perveen
patricia pat tricia trish patsy patrycja paddy
patrick pat paddy patryk
paul pawel pavel
peter pete piotr piotrek
philip phil pip phillip
philippa pip pippa
piotr peter
rachel rach rachael raquel
rahim raheem
rahul raul
raymond ray
rebecca becky bex becca
rehana rihanna
reginald reg reggie
richard rick dick rich richie ricky ryszard
robert rob bob bobby robbie bert robin
roberta bobbie
roderick rod roddy
ronald ron ronnie
rosemary rose rosie
russell russ
ryan rhyan
sabrina brina
safiya safia safiyah sofia
said saeed sayed saied syed
salma selma
samantha sam sammy
samuel sam sammy
sarah sara sally sadie zara
saoirse sersha
sean shaun shawn shane john
shannon shan
sebastian seb bas
shabana shabnam
shaheen shahin
sharon shaz shazza
shiv shiva
sidney sid sydney
simon si szymon
sinead shinead
siobhan shevaun chevonne
sophie sophia sofia zofia zosia soph
stanislaw stas stan stanley
stanley stan
stephanie steph stef stefania
stephen steve steven stevie stefan ste
stuart stu stewart
susan sue susie suzie suzanne zuzanna
sylvia silvia
tabitha tabby
tahir taher
tamara tammy
tariq tarik tareq
terence terry tel
teresa terri tess theresa tessa
thomas tom tommy tomasz tomek
tiffany tiff
timothy tim timmy tymoteusz
tobias toby
tracey trace tracy
tyler ty
usman uthman osman
valerie val
vanessa nessa
veronica ronnie vera weronika
victor vic wiktor
victoria vicky vic tori wiktoria
vincent vince vinny
violet vi
vivian viv vivien vivienne
walter wally walt
wayne wayno
wendy wen
wilfred wilf fred
william will bill billy liam willy wills
winifred win winnie freda
wojciech wojtek
yasmin yasmeen jasmine
yusuf yousef youssef yusef joseph yousuf
zachary zac zach zak zack zakariya
zainab zaynab zeinab
zoe zoey zooey
zofia zosia sophie
"""
FAMILY_VARIANTS = """
ahmed ahmad ahmet
begum begam
bhatti bhatty
chaudhry chaudhary choudhury chowdhury chaudhri choudhary
clark clarke
cook cooke
davies davis davys
hussain hussein husain husayn
islam eslam
kaur kour
khan khaan
li lee leigh
mac mc
macdonald mcdonald
miah mia mian miyah
mohammed muhammad mohammad mohamed muhammed mohamud
oneil oneill neill
philips phillips
read reid reed
rahman rehman
sayed syed said
shaikh sheikh sheik shaik
singh sing
smith smyth smythe
stephens stevens
stewart stuart
taylor tailor
thompson thomson
ward warde
white whyte
"""
