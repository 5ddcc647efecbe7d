int n; int x[n]; BEGIN
