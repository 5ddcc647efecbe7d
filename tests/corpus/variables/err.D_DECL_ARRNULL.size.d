int x[]; BEGIN
