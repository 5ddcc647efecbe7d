int x[int, ...]; BEGIN
