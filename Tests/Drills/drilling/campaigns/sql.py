def cases(drill):
    return []
