"""Short forms that a full stop belongs to, in running English: titles, months, companies, American states."""

#: What stands before a name or a number, as alternatives of a pattern: no sentence ends with it (Sens. Burr
#: and Coburn, Vol. 3).
TITLES = (
    "Mr|Mrs|Ms|Mx|Drs?|Profs?|Sens?|Reps?|Govs?|Gens?|Lt|Col|Sgt|Cpl|Pvt|Capt|Cmdr|Adm|Maj|Brig|Rev|Hon|"
    "Pres|Amb|Atty|Supt|Det|Insp|Msgr|Messrs|St|Mt|Ft|Vol|Fig|pp"
)
#: What a sentence may end with; whether it does, the next word tells.
SHORT = (
    "Jr|Sr|Inc|Corp|Co|Ltd|Bros|vs|etc|cf|ca|al|approx|dept|est|"
    "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mon|Tues?|Wed|Thu|Thurs|Fri|Sat|Sun|"
    "Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Mass|Md|Mich|Minn|Miss|Mo|Mont|Neb|Nev|Okla|"
    "Ore|Pa|Tenn|Tex|Va|Vt|Wash|Wis|Wyo"
)
