/* SPDX-License-Identifier: MIT
 * drydock: a terminal trainer for Docker and SRE interviews. */
#include "trainer/cli/cli.h"

int main(int argc, char **argv)
{
    return cli_run(argc, argv);
}
