def calls(seed):
    return []
