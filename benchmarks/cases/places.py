"""Streets, cities, postcodes, counties and neighbourhoods (streets and combinations are invented)."""

US_STREETS = (
    "Maple Street|Oak Avenue|Highland Court|Lakeview Boulevard|Riverside Drive|Chestnut Lane|Pine Road|Old Mill Road|Turnpike Way|County Road 12|Highway 9|Magnolia Terrace|Sycamore Circle|Second Avenue|Fourteenth Street|"
    "Martin Luther King Boulevard|Rio Vista Drive|Camino del Sol|Bluebonnet Trail|Harrow Place|Cedar Creek Parkway|North Elm Street|South Halsted Avenue|Peachtree Hollow|Quarry Ridge Road|Tamarack Loop|Old Post Road|Wisteria Lane|"
    "Saint Charles Avenue|East Fairmount Avenue|West 42nd Street|Kettle Creek Road|Juniper Court|Rural Route 4|Buffalo Run|Paseo Verde|Dogwood Drive|Meadowlark Lane|Copperfield Way|Ashford Green"
).split("|")
US_CITIES = (
    "Tulsa Fresno Lowell Omaha Boise Dayton Mesa Springfield Duluth Yonkers Chattanooga Albuquerque Poughkeepsie Sacramento Tallahassee Boca_Raton El_Paso San_Marcos Baton_Rouge Cedar_Rapids Kalamazoo Schenectady Tucumcari "
    "Ypsilanti Worcester Pawtucket Kissimmee Oshkosh Bakersfield Sioux_Falls Pocatello Walla_Walla Truth_or_Consequences Lake_Havasu_City Reading Mobile Orange Normal Hope Buffalo Phoenix Little_Rock"
).split()
US_STATES = [
    ("Texas", "TX"),
    ("California", "CA"),
    ("Ohio", "OH"),
    ("Oklahoma", "OK"),
    ("Nebraska", "NE"),
    ("Florida", "FL"),
    ("New York", "NY"),
    ("Idaho", "ID"),
    ("Michigan", "MI"),
    ("Louisiana", "LA"),
    ("Minnesota", "MN"),
    ("New Mexico", "NM"),
    ("Washington", "WA"),
    ("Massachusetts", "MA"),
    ("Georgia", "GA"),
    ("Iowa", "IA"),
]
COUNTIES = "Maricopa|Cook|Kings|Placer|Orange|Harris|Cuyahoga|Bexar|Wayne|Dade|Tarrant|Fulton|Ramsey|Yolo|Clackamas|Muskogee|Travis|Hennepin|Lancaster|Chatham".split(
    "|"
)
HOODS = "Bushwick|Capitol Hill|Pilsen|Little Havana|East Liberty|Boyle Heights|Fishtown|Bay View|Hyde Park|Westlake|Oak Cliff|Sugar House|Ballard|Mission Hills|Treme|Corktown|Shadyside|Over-the-Rhine|Deep Ellum|Logan Square".split(
    "|"
)
VILLAGES = [
    "Little Snoring",
    "Great Barrow",
    "Pitlochry",
    "Kirkby Malzeard",
    "Llanfyllin",
    "Ballynahinch",
    "Nether Wallop",
    "Ambleside",
]

UK_STREETS = (
    "Acacia Avenue|High Street|Station Road|Church Lane|Victoria Terrace|Mill Hill Road|The Crescent|Albert Road|Queens Drive|Harehills Lane|Sandringham Close|Orchard Way|Brewery Yard|Chapel Street|Wellington Mews|Gorse Bank|Lower Addison Gardens|"
    "Moor Park Road|Priory Grove|St Johns Walk|Kingsway|Market Place|Byron Street|Elmfield Rise"
).split("|")
UK_CITIES = "Leeds Bradford Wolverhampton Cardiff Swansea Dundee Aberdeen Nottingham Hull Plymouth Slough Croydon Luton Stockport Barnsley Truro Wrexham Paisley Bolton Ipswich Salford Leicester Bath Deal Rugby".split()
UK_POST = "LS LE B CF M S BD NG SA G EH CR NE PL L WV DD AB N SW SE E W".split()
UK_AREAS = (
    "Headingley|Chapeltown|Harehills|Moss Side|Splott|Jesmond|Handsworth|Peckham|Toxteth|Partick|Clifton|Hackney".split(
        "|"
    )
)
UK_COUNTIES = "Devon|Shropshire|Kent|West Yorkshire|Cumbria|Norfolk|Gwent|Fife|Surrey|Dorset".split("|")

CA_STREETS = "Bloor Street West|Rue Sainte-Catherine|Portage Avenue|Whyte Avenue|Dundas Street East|Granville Street|Chemin du Lac|Barrington Street|Jasper Avenue|Concession Road 7|Maple Leaf Drive|Gerrard Street".split(
    "|"
)
CA_CITIES = "Saskatoon Moncton Kelowna Mississauga Winnipeg Halifax Trois-Rivières Sudbury Red_Deer Medicine_Hat Moose_Jaw Lethbridge".split()
CA_PROV = [
    ("Ontario", "ON"),
    ("Saskatchewan", "SK"),
    ("Alberta", "AB"),
    ("Quebec", "QC"),
    ("Manitoba", "MB"),
    ("Nova Scotia", "NS"),
    ("British Columbia", "BC"),
]
CA_FSA = "M5V K1A S7K R3C T2P B3H E1C V1Y H2X L5B".split()

AU_STREETS = "Wattle Street|Banksia Crescent|Gumtree Road|Kangaroo Parade|Esplanade|Lachlan Way|Boundary Road|Jacaranda Avenue|Bunyip Court|Macquarie Street|Swanston Place".split(
    "|"
)
AU_CITIES = "Wagga Wagga|Geelong|Toowoomba|Parramatta|Fremantle|Ballarat|Cairns|Dubbo|Launceston|Woolloomooloo|Alice Springs|Kalgoorlie".split(
    "|"
)
AU_STATES = [
    ("New South Wales", "NSW"),
    ("Victoria", "VIC"),
    ("Queensland", "QLD"),
    ("Western Australia", "WA"),
    ("Tasmania", "TAS"),
    ("South Australia", "SA"),
]

IN_STREETS = "MG Road|Gandhi Nagar Main Road|Rajaji Street|4th Cross|Nehru Marg|Linking Road|Anna Salai|Station Road|Temple Street|12th Main".split(
    "|"
)
IN_AREAS = "Indiranagar|Koramangala|Andheri West|Banjara Hills|T Nagar|Salt Lake|Vasant Kunj|Aundh|Kothrud|Mylapore|Jayanagar".split(
    "|"
)
IN_CITIES = "Bengaluru|Mumbai|Hyderabad|Chennai|Kolkata|Pune|Jaipur|Lucknow|Kochi|Nagpur".split("|")

IE_STREETS = "O'Connell Street|Main Street|Patrick Street|Dublin Road|Abbey Court|Strand Road|Fairgreen|Mill Lane|Ballymun Road|Seapoint Avenue".split(
    "|"
)
IE_CITIES = "Cork|Galway|Limerick|Athlone|Letterkenny|Drogheda|Tralee|Sligo|Dún Laoghaire|Ennis".split("|")
IE_KEYS = "T12 H91 V94 N37 F92 A92 F91 A96 D04 D15".split()

FACILITIES = "Mercy General|St. Mary's Hospital|Lakeside Clinic|Valley Medical Center|Northgate Family Practice|Good Samaritan|Riverbend Urgent Care|Bayview Imaging|Providence|Cedars Clinic|Sacred Heart|Harborview Dental".split(
    "|"
)
INSURERS = "Aetna|Cigna|Blue Cross|UnitedHealthcare|Humana|Kaiser|Medicaid|Bupa|Anthem|Oscar|Molina|Centene".split("|")
EMPLOYERS = "Amazon|Walmart|the school district|FedEx|the post office|Home Depot|Boeing|the county|Tesco|a call center|the shipyard|Starbucks".split(
    "|"
)

US_CITIES, CA_CITIES = [c.replace("_", " ") for c in US_CITIES], [c.replace("_", " ") for c in CA_CITIES]
