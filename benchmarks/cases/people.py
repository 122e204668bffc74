"""Invented people: first and last names from many places, names that are words, names that are in no list."""

GROUPS = {
    "us": (
        "James Linda Robert Patricia Michael Barbara Susan Jessica Karen Nancy Brian Kevin Ashley Donna Gary Deborah Tyler Brandi Courtney Wyatt Dustin Tammy Cody Peggy Earl Darlene Harold Norma Walter Doreen",
        "Smith Johnson Miller Davis Wilson Anderson Taylor Moore Jackson Martin Thompson Harris Clark Lewis Robinson Walker Allen Wright Mitchell Phillips Campbell Turner Parker Edwards Whitaker Holloway McAllister Vanderberg",
    ),
    "black_american": (
        "Deshawn Latoya Tyrone Keisha Jamal Shanice Darnell Ebony Marquis Tamika Lakeisha Terrell Aaliyah Demetrius Imani Quincy Monique Rashad",
        "Washington Jefferson Booker Gaines Mosley Pettway Broadnax Rucker Tubbs Boykin Merriweather Blackmon Dupree Gadsden",
    ),
    "hispanic": (
        "María José Guadalupe Javier Alejandra Luis Carmen Diego Ximena Rocío Hernán Itzel Yesenia Rigoberto Consuelo Íñigo Pilar Esteban Marisol Octavio Lupita Chucho Nayeli Ezequiel",
        "García Hernández López Martínez Villanueva Quiñones Echeverría Zaragoza Ybarra Ruiz Cárdenas Montoya Tlatelpa Xicoténcatl Urrutia Peñaloza Ocampo Barrientos",
    ),
    "portuguese": (
        "João Thaís Joaquim Inês Rodrigo Luzia Caio Fernanda Wanderson Jussara Tiago Beatriz",
        "Gonçalves Figueiredo Nascimento Carvalho Magalhães Teixeira Albuquerque Falcão Brandão Pacheco",
    ),
    "west_african": (
        "Chidi Ngozi Emeka Kwame Ama Adaeze Olumide Folasade Babatunde Yetunde Kofi Abena Chukwuemeka Oluwaseun Ifeoma Mamadou Aïssatou Ousmane Fatoumata Kwabena Temitope Nkechi Sékou Binta",
        "Okafor Adeyemi Eze Mensah Owusu Nwosu Balogun Oyelaran Asante Boateng Diallo Traoré Konaté Sow Okonkwo Ogunleye Achebe Darko Camara Jallow Ezenwa Osei",
    ),
    "east_african": (
        "Wanjiru Kipchoge Achieng Tesfaye Selamawit Abebe Mwangi Njeri Otieno Nakato Mugisha Habimana Uwimana Hodan Abdirahman Fartun Zawadi Baraka Tsegaye Hirut",
        "Kamau Odhiambo Gebremedhin Wolde Bekele Mutua Kiprotich Nalwanga Okello Nsengiyumva Uwase Warsame Jama Hailemariam Mutiso Wambui Ssempijja Ndayishimiye",
    ),
    "southern_african": (
        "Thandiwe Sipho Nomvula Tendai Rutendo Lerato Mpho Tatenda Ayanda Bongani Chipo Themba",
        "Dlamini Nkosi Moyo Ndlovu Mokoena Van der Merwe Khumalo Chikwanha Sithole Botha Mahlangu Zulu",
    ),
    "south_asian": (
        "Priya Rahul Anjali Sanjay Lakshmi Venkatesh Gurpreet Harjit Meenakshi Arvind Nusrat Shabnam Farhan Bhavna Jaswinder Kavitha Thulasi Imran Pooja Dilip Sukhwinder Ishaan Nilufar Rukmini Chaminda Sanduni",
        "Patel Sharma Krishnan Reddy Subramaniam Kaur Singh Chowdhury Iyer Bhattacharya Venkataraman Gill Rahman Wickramasinghe Perera Shrestha Thapa Mukherjee Desai Nair Qureshi Banerjee Jayawardena",
    ),
    "east_asian": (
        "Wei Jun Mei Li Xiaoming Hiroshi Yuki Sakura Kenji Ji-woo Min-jun Seo-yeon Haruto Xue Zhihao Qing Eun-ji Takeshi Aiko Yifan Guoqiang Soo-ah Chiyo Rui",
        "Chen Wang Zhang Liu Huang Tanaka Suzuki Watanabe Kim Park Choi Xu Ouyang Nakamura Kobayashi Cho Yoon Zhao Ng Tsai Szeto Hirabayashi Jeong",
    ),
    "southeast_asian": (
        "Thuy Minh Linh Nguyet Duc Hanh Maricel Jun-jun Rowena Somchai Siriporn Budi Wayan Dewi Bopha Sokha Phuong Quynh Nurul Aung Khin Jejomar Tuyet Bayani",
        "Nguyen Tran Pham Le Huynh Bautista Santos Dela Cruz Wongsakul Suwannarat Wijaya Suharto Chea Sok Vo Dang Phan Macaraeg Dimaculangan Srisai Myint Truong",
    ),
    "arabic": (
        "Fatima Omar Layla Khalid Aisha Yusuf Noor Hamza Zaynab Tariq Salma Ibrahim Rania Mustafa Hanan Bilal Widad Abdulrahman Suhaila Marwan Ghada Anwar",
        "Hassan Al-Masri Khalil Haddad Abdallah El-Sayed Nasser Al-Khatib Mansour Bazzi Shaheen Ben Youssef Boudiaf Al-Rashidi Darwish Qasim Benali Tawfik",
    ),
    "persian": (
        "Shirin Reza Farhad Parisa Behrouz Mahnaz Kaveh Laleh Siavash Golnaz Arash Niloufar",
        "Hosseini Tehrani Rostami Karimzadeh Moradi Farrokhzad Ebrahimi Daneshvar Shirazi Golestani",
    ),
    "turkish": (
        "Emre Ayşe Mehmet Zeynep Burak Gülşen Hakan Elif Çağla Orhan Tuğba Selim",
        "Yılmaz Demir Öztürk Şahin Aydın Kılıç Doğan Erdoğdu Çelik Karaca Akbulut",
    ),
    "hebrew": (
        "Shlomo Rivka Avi Yael Moshe Tzipora Noam Eliezer Hadassah Yitzhak Shira Mordechai",
        "Cohen Levi Mizrahi Ben-David Shapiro Friedlander Abutbul Yerushalmi Goldfarb Azoulay",
    ),
    "slavic": (
        "Olga Dmitri Katarzyna Oksana Zdzisława Vladimir Svetlana Jovana Bogdan Małgorzata Yevhen Milica Tomáš Ivana Przemysław Lyudmila Snežana Radoslav Zuzanna Bronisław Ksenia Stanislav",
        "Ivanov Petrenko Kowalska Nowak Shevchenko Wiśniewski Horvat Jovanović Dvořák Kuznetsova Szczepański Marković Novotná Zielińska Hrytsenko Dragović Wojciechowski Tkachenko Brzezicki",
    ),
    "baltic_hungarian": (
        "Ilze Gintaras Kristīne Zsófia Gábor Tõnu Jānis Ágnes Rasa Csaba",
        "Kalniņš Petrauskas Nagy Szabó Tamm Ozoliņš Kazlauskienė Horváth Bērziņš Fekete",
    ),
    "nordic": (
        "Sven Ingrid Bjørn Astrid Åsa Leif Sigrun Þóra Eero Aino Tuomas Solveig Gudmund Halldóra Mikkel Frida",
        "Lindqvist Sørensen Jónsdóttir Virtanen Hakkarainen Nygård Bergström Thorvaldsen Mäkinen Østergaard Halvorsen Gunnarsson",
    ),
    "german_dutch": (
        "Jürgen Heike Wolfgang Anneliese Pieter Saskia Ute Ruud Gerd Maaike Uwe Liesbeth",
        "Müller Schwarzkopf Van den Berg Hofmeister Krause De Vries Zimmermann Dijkstra Kühn Oberhauser Hoekstra Wiebe",
    ),
    "french": (
        "Benoît Geneviève Thierry Océane Yves Mireille Anaïs Gaël Solange Réjean",
        "Lefebvre Beauchamp Thibodeaux Charpentier Boudreaux Gagnon Desrosiers Bélanger Fontenot Arceneaux",
    ),
    "italian": (
        "Giuseppe Chiara Salvatore Ornella Luca Concetta Gaetano Nicoletta",
        "Esposito Ferrara Mastroianni Bianchi Lombardi DiNapoli Caruso Spagnuolo",
    ),
    "greek": (
        "Yiannis Eleni Stavros Despina Kostas Vasiliki Panagiotis Athina",
        "Papadopoulos Konstantinidis Economou Karagiannis Stathopoulos Vlahos Mavromatis Hatzis",
    ),
    "welsh": (
        "Gwenllian Rhys Angharad Ieuan Eirlys Dafydd Myfanwy Llewelyn Ffion Cerys",
        "Gwynn Prydderch Llewellyn Bevan Cadwaladr Rhydderch Pugh Maddocks Ap Owen Tudur",
    ),
    "irish": (
        "Siobhán Niamh Aoife Pádraig Caoimhe Tadhg Gráinne Oisín Saoirse Diarmuid Sorcha Eoghan",
        "O'Brien Gallagher Ní Bhriain Mac Giolla O'Shaughnessy Kavanagh Doherty Geoghegan Moynihan Quigley Brosnan",
    ),
    "scottish_english": (
        "Duncan Morag Nigel Philippa Ewan Isla Hamish Beryl Gareth Winifred Alistair Maureen Fiona Derek Mavis Callum",
        "Whitfield Ramsbottom MacLeod Featherstone Ollerton Drummond Pettigrew Farquharson Braithwaite Entwistle Sutcliffe Colquhoun Shufflebotham Birtwistle",
    ),
    "pacific": (
        "Sione Leilani Tevita Mele Kealoha Tane Aroha Hemi Sefo Malia Wiremu Kahurangi",
        "Taufa Kealamakia Fonoti Tamatoa Parata Leota Kahananui Ngata Tuilagi Vainikolo Ioane",
    ),
    "native_american": (
        "Dakota Winona Tallulah Cheveyo Aponi Nodin Kaya Ahanu",
        "Begay Tsosie Yazzie Two Bears Whitehorse Benally Standing Elk Nez",
    ),
    "caribbean": (
        "Delroy Shaniqua Winston Marva Jean-Claude Guerline Cleveland Ionie Wideline Errol",
        "Baptiste Toussaint Pierre-Louis Grandison Brathwaite Lamontagne Beckles Joseph Désir Wellington",
    ),
    "central_asian": (
        "Aigerim Bekzat Gulnara Timur Zarina Rustam Batbayar Oyuna",
        "Nazarbekov Akhmetova Tursunov Dorjsuren Ganbold Karimova Sadykov Rakhimov",
    ),
    "armenian_georgian": (
        "Hovhannes Anahit Tigran Nino Giorgi Ketevan Siranush Levan",
        "Petrosyan Hakobyan Beridze Kvaratskhelia Sargsyan Javakhishvili Grigoryan Lomidze",
    ),
    # invented: plausible, in no list
    "invented": (
        "Zorvane Ilmareth Quenby-Lou Tavrisha Odelio Brenwick Maruska Jolithe Kezrin Vashti-Rae Orlinde Pemberley Xandrio Thessaly Yavonda Drummel Calixa Ruvenna Lishandra Trevonte Sunniva-Joy Aldemar Nyxara Borislava Fenwicka Zelphine Kordell Marivique Tozie Ushanka",
        "Drellinghast Vonquist Ablemarrow Tzelkova Pondergast Quillabrand Mbekwesi Szorvath Karrowmere Hinnefeld Ostrevik Valtomere Nakashiba Oduyelle Trescowick Ravenhaugh Zhulin-Baire Crottenden Iyelowo Fannaquist Bramblecroft Whitterspoon Elkanazi Gorbashev",
    ),
    # names that are words, months, places
    "wordy": (
        "Will Rose Grace May April June August Mark Hope Bill Jack Art Faith Joy Summer Dawn Ivy Holly Olive Pearl Ruby Amber Chase Dean Drew Frank Gene Grant Guy Hunter Miles Pat Ray Rich Rob Sue Victor Wade Autumn Chance Heath Lance Melody Penny Sandy Sky Star Iris Daisy Ginger Mercy Patience Sage Wren Carol Christian Dale Jasmine Paris Chelsea Georgia Austin Sydney Virginia Brooklyn Israel Jordan Chad Carolina Savannah",
        "Long Young White Brown Green Price Bush Rice Banks Fields Waters Winter Snow Frost Love Moody Savage Sharp Short Small Bishop Pope King Knight Day Weeks March May Head Hand Foote Legg Payne Burns Hart Moon Best Gamble Case Cash Bond Stock Gold Church Temple Hall Wood Hill Stone Field Rivers Bridge Street Lane Cook Baker Butcher Nurse Doctor Self Mann Child Pill Cough Bone Organ Sickles Ward Page Read Swift Sweet Major Main Power Wise Noble Friend Bell Ball Fox Wolf Lamb Bird Finch Drake Pike Salmon Trout Berry Bean Plum Cherry Pepper Curry England Holland London York Lincoln",
    ),
}
# parts with a space: written with a space in the lists above, joined here
_JOIN = {
    "Van der Merwe",
    "Dela Cruz",
    "Ben Youssef",
    "Van den Berg",
    "De Vries",
    "Ap Owen",
    "Ní Bhriain",
    "Mac Giolla",
    "Two Bears",
    "Standing Elk",
}


def _words(s):
    for j in _JOIN:
        s = s.replace(j, j.replace(" ", "_"))
    return [w.replace("_", " ") for w in s.split()]


GROUPS = {k: (_words(f), _words(l)) for k, (f, l) in GROUPS.items()}
NICKS = "Bobby Peggy Lupe Ola Kiki Sasha Misha Mo Ike Tez Dee Ree Buddy Chuy Paddy Nell Gigi Bibi Manny Lola Zee Kat Babs Dot Trix Abo Tunde Ngo Vic Lenny Sal Cece Nana Ama Didi Jojo".split()
# weights: the word-like and the invented are over-represented on purpose
ORDER = sorted(GROUPS)
WEIGHTS = [
    3 if g in ("us", "south_asian", "west_african", "slavic") else 5 if g == "wordy" else 4 if g == "invented" else 2
    for g in ORDER
]
