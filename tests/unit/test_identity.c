/* SPDX-License-Identifier: MIT
 * Tests of identity: what changes a fingerprint, and how alike texts are. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <inttypes.h>

#include "deck_testing.h"
#include "trainer/deck/identity.h"

/* Fingerprints stand in decks and banks: these may never change. */
static const struct {
    const char *title, *prompt;
    uint64_t fingerprint;
} fixed[] = {
    {"", "", 0xcbf29ce484222325u},
    {"What is a volume?", "", 0x1796bbfc52edad58u},
    {"Что такое том?", "", 0x792f782f6768136du},
};

static void keeps_fingerprints(void **state)
{
    for (size_t i = 0; i < ARRAY_LEN(fixed); i++) {
        uint64_t actual = identity_fingerprint(fixed[i].title, fixed[i].prompt);
        if (actual != fixed[i].fingerprint)
            fail_msg("%s: %016" PRIx64 ", was %016" PRIx64, fixed[i].title, actual,
                     fixed[i].fingerprint);
    }
}

static const struct {
    const char *title, *prompt, *other_title, *other_prompt;
    bool is_same;
} pairs[] = {
    {"What is a volume?", "", "what is  a VOLUME", "", true},
    {"What is a volume?", "", "What is a volume?", NULL, true},
    {"What is a volume?", "", "What are volumes?", "", false},
    {"ЧТО ТАКОЕ ТОМ?", "", "что такое том", "", true},
    {"ΤΙ ΕΊΝΑΙ;", "", "τι είναι", "", true},
    {"ÜBER Łódź", "", "über łÓDŹ", "", true},
    {"什么是镜像？", "", "什么是 镜像", "", true},
    {"什么是镜像？", "", "什么是容器？", "", false},
    {"Port ٣?", "", "port 3", "", true},
    {"The output?", "f(1)", "The output?", "f(2)", false},
    {"The output?", "f(1)", "The output?", "`f( 1 )`", true},
    {"ab", "", "a", "b", false},
};

static void compares_fingerprints(void **state)
{
    for (size_t i = 0; i < ARRAY_LEN(pairs); i++) {
        bool is_same = identity_fingerprint(pairs[i].title, pairs[i].prompt) ==
                       identity_fingerprint(pairs[i].other_title, pairs[i].other_prompt);
        if (is_same != pairs[i].is_same)
            fail_msg("'%s' and '%s'", pairs[i].title, pairs[i].other_title);
    }
}

static double similarity(const char *title, const char *answer, const char *other_title,
                         const char *other_answer)
{
    struct identity_words *a = identity_words_new(title, answer);
    struct identity_words *b = identity_words_new(other_title, other_answer);
    double result = identity_similarity(a, b);

    assert_true(result == identity_similarity(b, a));
    identity_words_free(a);
    identity_words_free(b);
    return result;
}

static const char volume[] =
    "A volume is a folder that Docker keeps outside of the union file system. It "
    "outlives its container, is shared between containers and can be backed up.";
static const char edited[] =
    "A volume is a folder that Docker keeps outside of the union file system. It "
    "outlives its container, is shared between containers and can be saved.";
static const char bridge[] =
    "A bridge is a switch in the kernel. Containers get an address from its subnet, and "
    "packets to the outside are masqueraded.";
static const char chinese[] = "卷是由引擎管理的目录，不属于联合文件系统，容器删除后仍然存在。";
static const char chinese_edited[] =
    "卷是由引擎管理的目录，不属于联合文件系统，容器删除之后仍然存在。";
static const char chinese_other[] = "网桥是内核中的虚拟交换机，容器从它的子网获得地址。";

static const struct {
    const char *title, *answer, *other_title, *other_answer;
    double least, most;
} likenesses[] = {
    {"What is a volume?", volume, "What is a volume?", volume, 1, 1},
    {"What is a volume?", volume, "What is a volume?", edited, IDENTITY_SURE, 0.9999},
    {"What is a volume?", volume, "What is a Docker volume?", edited, 0.9, 0.9999},
    {"What is a volume?", volume, "What is a bridge?", bridge, 0, 0.6},
    {"什么是卷？", chinese, "什么是卷？", chinese_edited, 0.9, 0.9999},
    {"什么是卷？", chinese, "什么是网桥？", chinese_other, 0, 0.5},
    {"", "", "What?", "x", 0, 0},
    {"", "", "", "", 0, 0},
};

static void compares_texts(void **state)
{
    for (size_t i = 0; i < ARRAY_LEN(likenesses); i++) {
        double actual = similarity(likenesses[i].title, likenesses[i].answer,
                                   likenesses[i].other_title, likenesses[i].other_answer);
        if (actual < likenesses[i].least - 1e-6 || actual > likenesses[i].most + 1e-6)
            fail_msg("'%s' and '%s': %.3f is not in %.3f to %.3f", likenesses[i].title,
                     likenesses[i].other_title, actual, likenesses[i].least, likenesses[i].most);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_fingerprints),
        cmocka_unit_test(compares_fingerprints),
        cmocka_unit_test(compares_texts),
    };

    i18n_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
