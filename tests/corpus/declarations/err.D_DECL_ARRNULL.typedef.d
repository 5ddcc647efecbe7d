typedef int t[]; BEGIN
