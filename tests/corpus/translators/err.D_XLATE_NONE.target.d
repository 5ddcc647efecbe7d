struct pair { int first; int second; };
typedef struct info { int sum; string who; } info_t;
BEGIN { trace(xlate < info_t > (1).sum); }
