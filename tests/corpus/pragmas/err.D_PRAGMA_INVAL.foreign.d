#pragma pack 1
BEGIN { trace(1); }
