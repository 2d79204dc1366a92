/* secrecy.h: the part of privacy_check() that looks for marks: 机密★, 内部资料 注意保存. */
#ifndef REVIEW_SECRECY_H
#define REVIEW_SECRECY_H

#include "review/review.h"

/*
 * Finds marks of secrecy (privacy.secret: their form is that of the rules for
 * the Law on Guarding State Secrets, 秘密★一年) and words that forbid
 * publication (privacy.internal). Notes for internal text.
 */
void secrecy_check(const struct reviewer *reviewer, const struct passage *passage);

#endif
