/* Inlines stand for their values, converted to their types; an unused one is fine. */
inline int ZERO = 0;
inline uint8_t LOW = 0x1ff;
inline string WHO = probename;
inline int64_t TWICE = arg0 * 2;
inline int NEVER = ZERO + 1;
inline int FLAGS = ZERO == 0 ? 3 : 4;
BEGIN { trace(ZERO); trace(LOW); trace(WHO); trace(FLAGS); trace(sizeof (LOW)); }
fbt::malloc:entry { trace(TWICE); }
fbt::malloc:entry /TWICE > 100/ { trace(1); }
