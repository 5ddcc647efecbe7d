this int x[string]; BEGIN
