/* version.h: the program's version, the one place it stands. */
#ifndef CLI_VERSION_H
#define CLI_VERSION_H

#define NIANBAO_VERSION "0.1.0"

#endif
