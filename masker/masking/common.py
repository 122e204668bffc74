"""Words that are names and words at once, and words that are part of a name without being one.

The sweep for known values masks "Chen" wherever it stands, but "will" only where a name can stand. The list holds
frequent English words that people are also called; it holds no people.
"""

from __future__ import annotations

from typing import Final

__all__ = ["COMMON", "EPONYMS", "NOT_ALONE", "PLACES"]

#: Known names among these are masked only where a name can stand.
COMMON: Final = frozenset(
    """
    a able about above account ace act after again age ago all also am amber an and angel any april are arch
    archer art as ash ask asked at august autumn away axe back bad bailey baker ball bank banks barber bass bay
    beach bean bear beck bell berry best better big bill bills birch bird bishop black blair blaze blood blue
    bob bond book booth both bow bowl box boy brand branch brandy bridge bright brook brooks brown buck buddy
    bud burn burns bush but butcher butler by cain call called came can candy cannon cap cards care carol case
    cash castle cat chance chapel charity chase chat cherry chip christian church city clay clean clear close
    cloud coast cole coach cold colt come constant cook cooper copper coral corn cotton could cove cox craft
    crane cream crisp cross crow cruise crystal curry daisy dale dane dash date daughter dawn day days dean dear
    deal dell did do doctor does dog dollar done don door dot dove down drake drew drink drum duke dusty each
    eagle earl early east easter eat ebony eden end english even ever eve every eye fair faith fall falls far
    farm farmer father feel field fields fine finch fish fisher five flash flint flood flower flowers foot for
    forbes ford forest forth fortune foster found four fox france francis frank free freed friend frost from fry
    full gale game garden gate gates gay gene general genesis german get gem gift gill given glass go goes gold
    golden good grace grand grant grass gray great green grey ground grove guy had hail hale half hall ham hand
    hands happy hard hardy harmony harper has have hawk hay hazel he head health heart heath heather heaven
    heavy help henna her here herb hero hi high hill hills him his hit holiday holly holmes home honey hood hook
    hope horn hot house how hunt hunter ice if in iris is island it ivory ivy jack jade jasmine jay jean jersey
    jet jewel job john joy judge july june just justice keen keep key kid kidney kind king kitty knight know
    lake lamb land lane large lark last late law lay leaf lee left legend let liberty lies light like lily lime
    line lion list little lock london long look lord lot love low luck lucky lung lynx major make man manner
    many march mark marks marsh mason master mate matter max may me mean melody mercy merit merry met miles milk
    mill miller mills mine mist miss mister money monday moon moore more morning moss most mother mountain mr
    mrs much must my myrtle near neat need new news next nice night noble noel none noon north not note now
    nurse oak of off old olive on once one only opal open or orchard orange other our out over own pace page
    pain paint palm pan park parks part pat patience patient peace pearl pen penny pepper per piece pierce pike
    pine pink piper place plain please point pole pond poor pope port post potter power precious price pride
    prince promise prudence pure queen quick quill quiet rain ray read ready real red reed regular rice rich
    ridge right ring river rivers rob robin rock rocky rod rose rosemary round rowan royal ruby rue run rush
    rusty sad sage sail saint sally salt sam same sand sandy saturday savannah say see self sell senior sense
    serenity set shade shadow sharp she shell shield ship short should side sierra silver since singer single
    six sky skin slater small smart smith smooth snow so some son song soon sorry south spear spring square star
    start stay steel step sterling still stone storm story street strong style such sue sugar summer sun sunday
    sunny sure swan sweet take tale talk tall tanner taylor tea tell temple ten test than thank that the them
    then there these they thin thing this thorn those three time tiny to today told tom too top town track trail
    travel treat tree trinity true trust try tuck tucker tuesday turner two under up us usual vale van very
    victory view vine viola violet virginia vista walk walker wall want ward ware warm was wash water waters way
    wave we weaver web wednesday week well wells went were west wheat wheeler when where which whisper white who
    whole wild will willow wilt win wind wing wings winter wise wish with wolf woman won wood woods word work
    world worth would wren wright yard year yellow yes yet york you young your
    """.split()
)

#: Everyday words that towns and streets are called by; in small letters, in what nobody says, they are words.
PLACES: Final = frozenset(
    """
    airport alliance apple arcade area arrow assumption balance banner banning barking base bath battle bend
    bent bottom boundary brick broken brush bucks bury business camp carbon cathedral cave celebration center
    central centre chalk chestnut circle cite cities club coal coffee coke college colony communities community
    conception converse core corners corridor council country countryside county crossing crossroads crown
    cumming dare deaf delta democratic desert dire district divide dodge earth echo economy endeavour enterprise
    extension farmers fate federal financial fleet flushing fond fork fountain fresh friendly fruit gardens
    gateway grants greater guinea gulf hazard heard heights hell humble hunts imperial independence iron islands
    joint junction kills kingdom kings kitchen landing lawn league leisure lemon liberal live lively lodge loop
    loves loving lower main market media medicine metro middle mile mines minor mint mission mobile model mold
    mount mountains national neck nest normal northern number ocean officer opportunity oral orient ozone
    paradise pass peak person phoenix plant pleasant pleasure powder prior progress prospect pump queens rains
    rapid reading reserve riding road rolling saga said saki sale sandwich scotch seal sector security send
    slope sound southern springs stark state states station storey stream studio success sunrise sunshine super
    superior surprise tail talent territory thousand tome towns trails treasure triangle twin union united
    universal university upon upper valley village villages virgin wake welcome western
    """.split()
)

#: Titles, suffixes and particles: part of a full name, never masked on their own.
NOT_ALONE: Final = frozenset(
    """
    mr mrs ms miss mx dr doctor prof professor sir madam ma'am lady lord rev reverend father sister brother
    nurse officer judge captain sergeant jr sr ii iii iv junior senior md do phd rn np pa dds esq de del della
    der den di da dos das du la le les van von vander bin ibn binti bint al el ap ben abu st san santa and the
    of
    """.split()
)

#: Names that diseases, syndromes, fractures and signs bear; before such a word they are nobody's.
EPONYMS: Final = frozenset(
    """
    addison alport alzheimer angelman apert asperger baker barrett barton behcet bell bennett boxer broca
    brugada burkitt charcot chiari colles conn cotton crohn cushing dandy danlos dequervain devic down
    dressler dubin duchenne dupuytren edwards ehlers eisenmenger ewing fabry fanconi felty friedreich galeazzi
    gaucher gehrig gilbert goodpasture graves guillain hashimoto hirschsprung hodgkin horner hunt hunter
    huntington hurler jefferson jones kaposi kawasaki klinefelter korsakoff lambert legg lewy lisfranc lou
    ludwig lyme lynch maisonneuve mallory marfan meniere menkes monteggia morton osgood osler paget pancoast
    parkinson patau perthes peyronie pompe pott prader prinzmetal ramsay raynaud reiter rett reye schlatter
    segond sheehan sjogren smith still sudeck takayasu tourette turner wegener wernicke whipple wilson
    zollinger
    """.split()
)
