int x["a"]; BEGIN
