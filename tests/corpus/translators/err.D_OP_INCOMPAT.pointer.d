struct pair { int first; int second; };
typedef struct info { int sum; string who; } info_t;
translator info_t < struct pair *P > { sum = P->first; };
BEGIN { this->i = xlate < info_t * > ((struct pair *)arg0); }
