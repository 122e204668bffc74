ALL = [("NAME", "Pt {full} seen {date}.")]
