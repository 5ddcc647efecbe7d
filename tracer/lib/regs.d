/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The registers of uregs[ ]: the thread's user registers when it last entered the kernel.
 */
inline int R_R0 = 0;
inline int R_R1 = 1;
inline int R_R2 = 2;
inline int R_R3 = 3;
inline int R_R4 = 4;
inline int R_R5 = 5;
inline int R_R6 = 6;
inline int R_R7 = 7;
inline int R_R8 = 8;
inline int R_R9 = 9;
inline int R_R10 = 10;
inline int R_R11 = 11;
inline int R_R12 = 12;
inline int R_R13 = 13;
inline int R_R14 = 14;
inline int R_R15 = 15;
inline int R_FP = 11;
inline int R_IP = 12;
inline int R_SP = 13;
inline int R_LR = 14;
inline int R_PC = 15;
inline int R_CPSR = 16;
