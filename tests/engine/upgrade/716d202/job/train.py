print("It runs.")
