/* SPDX-License-Identifier: MIT
 * Where drydock keeps its files: the XDG folders, and what was installed beside the program. */
#pragma once

/* All results are yours to free. */
char *paths_data(void);   /* $XDG_DATA_HOME/drydock: bank.db, images */
char *paths_config(void); /* $XDG_CONFIG_HOME/drydock */
char *paths_state(void);  /* $XDG_STATE_HOME/drydock: the log */

/* The installed content folder (decks and labs); the source tree's when run from the build folder.
 */
char *paths_content(void);

/* The folder of the message catalogues, installed or in the build folder. */
char *paths_locale(void);
