/* SPDX-License-Identifier: MIT */
#include "base/array.h"
#include "trainer/deck/highlight.h"
#include "trainer/deck/layout.h"

/* The rules of a language are tried at each place in the order of its table. A rule must take
 * linear time whatever the code is: what is repeated is possessive, what may lack its end is
 * bounded or ends with the code. */

#define ESCAPE        "(?s:\\\\.)"
#define DOUBLE_QUOTED "\"(?s:[^\"\\\\]++|\\\\.)*+\""
#define SINGLE_QUOTED "(?<!\\w)'[^']*+'"
#define HASH_COMMENT  "(?<!\\S)#[^\\n]*+"
#define C_COMMENT     "/\\*(?:[^*]++|\\*(?!/))*+(?:\\*/)?"
#define VARIABLE      "\\$(?:\\w++|\\{[^}\\n]{0,100}+\\}|[@*#?$!-])"
#define INTEGER       "(?<![\\w.-])\\d++(?![\\w.])"
#define DECIMAL       "(?<![\\w.])-?\\d++(?:\\.\\d++)?(?:[eE][+-]?\\d++)?(?!\\w)"
#define WORD(words)   "(?<![\\w./-])(?:" words ")(?![\\w./=-])"

static const struct highlight_rule shell_rules[] = {
    {0, ESCAPE},
    {SPAN_COMMENT, HASH_COMMENT},
    {SPAN_STRING, DOUBLE_QUOTED "|" SINGLE_QUOTED},
    {SPAN_NAME, VARIABLE},
    {SPAN_NAME, "(?<=\\s)--?[A-Za-z][\\w-]*+"},
    {SPAN_NAME, "(?<!\\S)[A-Za-z_]\\w*+(?==)"},
    {SPAN_KEYWORD, WORD("if|then|else|elif|fi|for|while|until|do|done|case|esac|function|select")},
    {SPAN_KEYWORD, "(?<=^|\\t|  |[;&|(] |[;&|(])"
                   "(?:export|local|return|source|exec|set|unset|trap|exit|readonly|eval|shift)"
                   "(?![\\w./=-])"},
    {SPAN_NUMBER, INTEGER},
};

/* What a prompt looks like; the rest of its line is shell. */
static const struct highlight_rule console_rules[] = {
    {SPAN_DIM,
     "^(?:\\[?[\\w.-]{1,60}+@[\\w.-]{1,60}+[^\\n$#%]{0,80}+|[\\w./~-]{1,80}+ )?[$#%] (?=\\S)"},
};

static const struct highlight_rule dockerfile_rules[] = {
    {0, ESCAPE},
    {SPAN_COMMENT, HASH_COMMENT},
    {SPAN_KEYWORD,
     "(?i)^(?:ADD|ARG|CMD|COPY|ENTRYPOINT|ENV|EXPOSE|FROM|HEALTHCHECK|LABEL|MAINTAINER|"
     "ONBUILD|RUN|SHELL|STOPSIGNAL|USER|VOLUME|WORKDIR)(?=\\s)"},
    {SPAN_KEYWORD, "(?<=\\s)(?:AS|as)(?= [\\w.-]{1,128}+$)"},
    {SPAN_STRING, DOUBLE_QUOTED "|" SINGLE_QUOTED},
    {SPAN_NAME, VARIABLE},
    {SPAN_NAME, "(?<=\\s)--?[A-Za-z][\\w-]*+"},
    {SPAN_NUMBER, INTEGER},
};

static const struct highlight_rule yaml_rules[] = {
    {0, ESCAPE},
    {SPAN_COMMENT, HASH_COMMENT},
    {SPAN_NAME,
     "(?<=^|[ \\t{,])(?:[\\w./$<-]++|\"[^\"\\n]{0,100}+\"|'[^'\\n]{0,100}+')(?=:(?:\\s|$))"},
    {SPAN_STRING, DOUBLE_QUOTED "|" SINGLE_QUOTED},
    {SPAN_KEYWORD, "(?<=: |- )(?:true|false|null|yes|no|on|off|~)(?=[ \\t]{0,20}+(?:$|#))"},
    {SPAN_KEYWORD, "^(?:---|\\.\\.\\.)(?!\\S)"},
    {SPAN_NUMBER, "(?<=: |- )-?\\d++(?:\\.\\d++)?(?=[ \\t]{0,20}+(?:$|#))"},
    {SPAN_NAME, "(?<=\\s)[&*][\\w-]++|(?<=\\s)!{1,2}\\w++"},
};

static const struct highlight_rule json_rules[] = {
    {0, ESCAPE},
    {SPAN_NAME, "\"(?:[^\"\\\\\\n]++|\\\\.)*+\"(?=[ \\t]{0,20}+:)"},
    {SPAN_STRING, "\"(?:[^\"\\\\\\n]++|\\\\.)*+\""},
    {SPAN_COMMENT, "//[^\\n]*+|" C_COMMENT},
    {SPAN_KEYWORD, "\\b(?:true|false|null)\\b"},
    {SPAN_NUMBER, DECIMAL},
};

static const struct highlight_rule python_rules[] = {
    {0, ESCAPE},
    {SPAN_COMMENT, "#[^\\n]*+"},
    {SPAN_STRING, "(?:(?<!\\w)[rRbBfFuU]{1,2})?(?s:"
                  "\"\"\"(?:[^\"\\\\]++|\\\\.|\"(?!\"\"))*+(?:\"\"\")?|"
                  "'''(?:[^'\\\\]++|\\\\.|'(?!''))*+(?:''')?|"
                  "\"(?:[^\"\\\\\\n]++|\\\\.)*+\"|'(?:[^'\\\\\\n]++|\\\\.)*+')"},
    {SPAN_NAME, "^[ \\t]*+@[\\w.]++|(?<=\\bdef )\\w++|(?<=\\bclass )\\w++"},
    {SPAN_KEYWORD,
     "\\b(?:False|None|True|and|as|assert|async|await|break|class|continue|def|del|elif|else|"
     "except|finally|for|from|global|if|import|in|is|lambda|nonlocal|not|or|pass|raise|return|try|"
     "while|with|yield)\\b"},
    {SPAN_NUMBER,
     "(?<![\\w.])(?:0[xXoObB][0-9a-fA-F_]++|\\d[\\d_]*+(?:\\.\\d++)?(?:[eE][+-]?\\d++)?)"
     "(?!\\w)"},
};

static const struct highlight_rule sql_rules[] = {
    {SPAN_COMMENT, "--[^\\n]*+|" C_COMMENT},
    {SPAN_STRING, "'(?:[^']++|'')*+'"},
    {SPAN_NAME, "\"[^\"\\n]*+\"|`[^`\\n]*+`|(?<![\\w:])[:@$][A-Za-z_]\\w*+"},
    {SPAN_KEYWORD,
     "(?i)\\b(?:add|all|alter|analyze|and|any|as|asc|begin|between|by|case|cascade|check|column|"
     "commit|conflict|constraint|create|cross|database|default|delete|desc|distinct|drop|else|end|"
     "exists|explain|foreign|from|full|grant|group|having|if|in|index|inner|insert|intersect|into|"
     "is|join|key|left|like|limit|not|null|offset|on|or|order|outer|over|partition|primary|"
     "references|returning|revoke|right|rollback|schema|select|set|table|then|to|transaction|"
     "trigger|truncate|union|unique|update|user|using|values|view|when|where|with)\\b"},
    {SPAN_NUMBER, "(?<![\\w.])\\d++(?:\\.\\d++)?(?!\\w)"},
};

const struct highlight_language highlight_languages[HIGHLIGHT_LANGUAGES] = {
    {" sh bash shell zsh ", shell_rules, ARRAY_LEN(shell_rules), false},
    {" console shell-session sh-session terminal ", console_rules, ARRAY_LEN(console_rules), true},
    {" dockerfile docker containerfile ", dockerfile_rules, ARRAY_LEN(dockerfile_rules), false},
    {" yaml yml ", yaml_rules, ARRAY_LEN(yaml_rules), false},
    {" json jsonc json5 ", json_rules, ARRAY_LEN(json_rules), false},
    {" python py python3 ", python_rules, ARRAY_LEN(python_rules), false},
    {" sql postgresql mysql sqlite ", sql_rules, ARRAY_LEN(sql_rules), false},
};
