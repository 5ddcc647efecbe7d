BEGIN { trace('abcde'); }
