/* SPDX-License-Identifier: MIT
 * Tests that a document read in pieces has the same blocks as one read at once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "deck_testing.h"
#include "trainer/deck/document.h"

/* What a recogniser sees of the blocks; lists may fall into several, so they are left out. */
static void add_blocks(struct str *str, const struct document *doc)
{
    for (size_t i = 0; i < doc->block_count; i++) {
        const struct block *block = &doc->blocks[i];
        if (block->kind != BLOCK_LIST)
            str_addf(str, "%d %d-%d +%d %s\n", block->kind, block->line,
                     block->kind == BLOCK_ITEM ? 0 : block->end_line, block->depth, block->text);
    }
}

static void check_pieces(const char *name, const char *text, size_t len)
{
    autostr struct str whole = STR_INIT, pieces = STR_INIT;
    struct deck deck = {.path = name};
    struct document doc;

    document_init(&doc, &deck, text, len);
    doc.block_count = 0;
    document_add_blocks(&doc, SIZE_MAX);
    add_blocks(&whole, &doc);
    doc.block_count = 0;
    document_add_blocks(&doc, 1);
    add_blocks(&pieces, &doc);
    document_clear(&doc);
    free(deck.warnings);
    arena_clear(&deck.arena);
    check_string(name, pieces.text, whole.text);
}

static const char *const texts[] = {
    "a\n\nb\n\nc\n",
    "- a\n\n  b\n\n- c\n- d\n\ne\n",
    "1. a\n2. b\n3. c\n\n4. d\n",
    "a\n2. b\n2. c\n",
    "```\na\n\nb\n```\n\nc\n",
    "- ```\n  a\n\n  b\n  ```\n\nc\n\nd\n",
    "- ```\n  a\n\nb\n\nc\n\n```\nd\n\ne\n```\n\nf\n",
    "> ```\n> a\n\nb\n\nc\n",
    "<!-- a\n\nb -->\n\nc\n",
    "<pre>\na\n\nb\n</pre>\n\nc\n",
    "<div>\n```\na\n\nb\n```\n\nc\n\nd\n",
    "<div>\n\n- a\n- b\n",
    "    code\n\n    code\n\ntext\n",
    "    <!--\n\na\n\nb -->\n\nc\n",
    "~~~\n\n```\n\n~~~\n\na\n",
    "- a\n- - -\n- b\n",
    "a\n===\n\n- a\n---\n\nb\n",
    "- a\nb\n- c\n\n\n\nd\n",
    "[a]: b\n\n[a]\n\n[a]: c\n",
    "<script>\n\na\n</style>\n\nb\n",
};

static void reads_pieces_alike(void **state)
{
    for (size_t i = 0; i < ARRAY_LEN(texts); i++)
        check_pieces(texts[i], texts[i], strlen(texts[i]));
}

static void reads_documents_alike(void **state)
{
    static const char *const files[] = {
        "seed/docker-sre-questions.md",   "corpus/01-devops-exercises-argo.md",
        "corpus/02-bash-quiz.md",         "corpus/03-devinterview-docker.md",
        "corpus/04-kafka-flashcards.md",  "corpus/05-docker-numbered-list.md",
        "corpus/06-obsidian-licences.md",
    };
    const char *shared = getenv("DRYDOCK_SHARED");

    for (size_t i = 0; i < ARRAY_LEN(files); i++) {
        autofree char *path = str_printf("%s/%s", shared ? shared : "", files[i]);
        autofree char *text = NULL;
        size_t len;
        struct error err;
        if (fs_read(path, DECK_LIMIT_BYTES, &text, &len, &err) < 0) {
            print_message("skipped: %s\n", err.text);
            free(steal_ptr(&path)); /* skip() does not return */
            skip();
        }
        check_pieces(files[i], text, len);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_pieces_alike),
        cmocka_unit_test(reads_documents_alike),
    };

    i18n_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
