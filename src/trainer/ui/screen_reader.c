/* SPDX-License-Identifier: MIT */
#include "trainer/ui/screen_reader.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/fs.h"
#include "base/i18n.h"
#include "trainer/ui/card_actions.h"
#include "trainer/ui/document.h"
#include "trainer/ui/screen_links.h"
#include "trainer/ui/sheet.h"

#define PROSE_COLS_MAX 100

struct reader {
    const int64_t *numbers;
    struct list *list;
    struct bank_question *question;
    struct sheet sheet;
    int sheet_cols; /* that it was made for; 0: to be made anew */
    char *source;   /* of the pattern, or NULL */
    struct pattern *pattern;
};

static int load(struct screen *screen, struct error *err)
{
    struct reader *reader = screen->data;
    struct bank_question *question =
        bank_question_load(ui_bank(screen), reader->numbers[reader->list->marked], err);

    if (!question)
        return -1;
    if (reader->question)
        bank_question_free(reader->question);
    reader->question = question;
    reader->sheet_cols = 0;
    return 0;
}

static void reload(struct screen *screen)
{
    struct error err;

    if (load(screen, &err) < 0)
        ui_complain(screen, &err);
}

static int set_pattern(struct reader *reader, const char *source, struct error *err)
{
    struct pattern *pattern = NULL;

    if (source && *source) {
        pattern = pattern_new(source, err);
        if (!pattern)
            return -1;
    }
    if (reader->pattern)
        pattern_free(reader->pattern);
    free(reader->source);
    reader->pattern = pattern;
    reader->source = pattern ? xstrdup(source) : NULL;
    return 0;
}

static int reader_open(struct screen *screen, const void *how, struct error *err)
{
    struct reader *reader = screen->data;
    const struct reader_how *wanted = how;

    reader->numbers = wanted->numbers;
    reader->list = wanted->list;
    sheet_init(&reader->sheet);
    if (load(screen, err) < 0)
        return -1;
    if (set_pattern(reader, wanted->pattern, err) == 0)
        return 0;
    bank_question_free(reader->question);
    return -1;
}

static void reader_close(struct screen *screen)
{
    struct reader *reader = screen->data;

    bank_question_free(reader->question);
    sheet_clear(&reader->sheet);
    if (reader->pattern)
        pattern_free(reader->pattern);
    free(reader->source);
}

static enum mode reader_mode(const struct screen *screen)
{
    return MODE_READER;
}

static void reader_title(const struct screen *screen, struct str *left, struct str *right)
{
    const struct reader *reader = screen->data;
    const struct bank_question *question = reader->question;

    str_add(left, question->question.id);
    if (*question->section)
        str_addf(left, " · %s", question->section);
    if (question->question.level)
        str_addf(left, " · %s", question->question.level);
    size_t matches = reader->sheet.match_count;
    if (reader->pattern && reader->sheet.match < matches)
        /* TRANSLATORS: which match of how many */
        str_addf(right, _("match %zu of %zu"), reader->sheet.match + 1, matches);
    else if (reader->pattern)
        str_addf(right, ngettext("%zu match", "%zu matches", matches), matches);
    else
        str_addf(right, _("%zu of %d"), reader->list->marked + 1, (int)reader->list->count);
}

/* --- The page --- */

static void add_heading(struct sheet *sheet, const char *title)
{
    sheet_add_blank(sheet);
    sheet_add(sheet, LOOK_BOLD, title);
    sheet_end_line(sheet);
}

/* Where the question stands: its deck, its card, its line in the document. */
static void add_facts(struct sheet *sheet, const struct bank_question *question, int cols)
{
    autostr struct str facts = STR_INIT;
    int reviews = question->card.reviews;

    str_addf(&facts, "%s · ", question->deck_title);
    card_add_standing(&facts, &question->card, question->is_suspended);
    if (reviews > 0)
        str_addf(&facts, ngettext(" · %d review", " · %d reviews", reviews), reviews);
    if (question->is_leech)
        str_addf(&facts, " · %s", _("a leech"));
    if (*question->question.tags)
        str_addf(&facts, " · %s", question->question.tags);
    str_addf(&facts, " · %s:%d", fs_name(question->path), question->question.line);
    sheet_add_wrapped(sheet, LOOK_DIM, facts.text, 0, cols);
}

static void add_options(struct sheet *sheet, const struct question *question, int cols)
{
    if (question->option_count > 0)
        sheet_add_blank(sheet);
    for (size_t i = 0; i < question->option_count; i++) {
        const struct deck_option *option = &question->options[i];
        sheet_addf(sheet, LOOK_BOLD, " %s ", option->is_correct ? "✓" : " ");
        sheet_addf(sheet, LOOK_PLAIN, "%c  ", (char)('a' + i));
        sheet_add_wrapped(sheet, option->is_correct ? LOOK_BOLD : LOOK_PLAIN, option->text, 6,
                          cols);
    }
}

static void add_points(struct sheet *sheet, const struct question *question, int cols)
{
    if (question->key_point_count == 0)
        return;
    add_heading(sheet, _("Key points"));
    for (size_t i = 0; i < question->key_point_count; i++) {
        sheet_add(sheet, LOOK_BOLD, question->key_points[i].is_must ? " ★ " : " · ");
        sheet_add_wrapped(sheet, LOOK_PLAIN, question->key_points[i].text, 3, cols);
    }
}

static void add_follow_ups(struct sheet *sheet, const struct question *question, int cols,
                           bool ascii)
{
    if (question->follow_up_count == 0)
        return;
    add_heading(sheet, _("Follow-ups"));
    for (size_t i = 0; i < question->follow_up_count; i++) {
        const struct follow_up *follow_up = &question->follow_ups[i];
        sheet_add(sheet, LOOK_BOLD, " ▸ ");
        sheet_add_wrapped(sheet, LOOK_ITALIC, follow_up->text, 3, cols);
        if (*follow_up->answer)
            sheet_add_markdown(sheet, follow_up->answer, 3, cols, ascii);
    }
}

static void add_sources(struct sheet *sheet, const struct question *question, int cols)
{
    if (question->source_count == 0)
        return;
    add_heading(sheet, _("Sources"));
    for (size_t i = 0; i < question->source_count; i++)
        sheet_add_link(sheet, question->sources[i].title, question->sources[i].target, cols);
}

static void make_page(struct screen *screen, int cols)
{
    struct reader *reader = screen->data;
    const struct question *question = &reader->question->question;
    bool ascii = ui_options(screen)->ascii;
    struct sheet *sheet = &reader->sheet;
    int prose = cols - 2 > PROSE_COLS_MAX ? PROSE_COLS_MAX : cols - 2;

    if (reader->sheet_cols == cols)
        return;
    sheet_restart(sheet);
    sheet_add_wrapped(sheet, LOOK_BOLD, question->title, 0, prose);
    add_facts(sheet, reader->question, prose);
    if (*question->prompt) {
        sheet_add_blank(sheet);
        sheet_add_markdown(sheet, question->prompt, 0, prose, ascii);
    }
    add_options(sheet, question, prose);
    sheet_add_blank(sheet);
    sheet_add_markdown(sheet, question->answer, 0, prose, ascii);
    add_points(sheet, question, prose);
    add_follow_ups(sheet, question, prose, ascii);
    add_sources(sheet, question, prose);
    reader->sheet_cols = cols;
    sheet_search(sheet, reader->pattern);
}

static void reader_draw(struct screen *screen, const struct canvas *canvas)
{
    struct reader *reader = screen->data;
    struct canvas page = canvas_indented(canvas, 1, canvas->cols - 2);
    int rows = page.rows;

    make_page(screen, canvas->cols);
    sheet_clamp(&reader->sheet, rows);
    if (reader->sheet.line_count > (size_t)rows && rows > 4) {
        int below = (int)(reader->sheet.line_count - reader->sheet.top) - (rows - 1);
        rows--;
        autofree char *text = below > 0
                                  ? str_printf(ngettext("↓ %d line", "↓ %d lines", below), below)
                                  : xstrdup(_("the end"));
        canvas_number(&page, rows, 0, page.cols, LOOK_DIM, text);
        page = canvas_rows(&page, 0, rows);
    }
    screen->rows = rows;
    canvas_cursor(&page, 0, 0);
    sheet_draw(&reader->sheet, &page);
}

/* --- Keys --- */

static void go_to(struct screen *screen, int by)
{
    struct reader *reader = screen->data;
    size_t marked = reader->list->marked;

    if (by < 0 ? marked == 0 : marked + 1 >= reader->list->count) {
        ui_say(screen, "%s", by < 0 ? _("this is the first one") : _("this is the last one"));
        return;
    }
    reader->list->marked = by < 0 ? marked - 1 : marked + 1;
    reader->sheet.top = 0;
    reader->sheet.left = 0;
    reload(screen);
}

static void next_match(struct screen *screen, int by)
{
    struct reader *reader = screen->data;

    if (!reader->pattern)
        ui_say(screen, "%s", _("search first: /"));
    else if (reader->sheet.match_count == 0)
        ui_say(screen, "%s", _("nothing on this page matches"));
    else if (!sheet_next_match(&reader->sheet, by, screen->rows))
        ui_say(screen, "%s",
               by > 0 ? _("no further match; J reads the next question")
                      : _("no match before this one"));
}

static void accept_pattern(struct screen *screen, const char *text)
{
    struct reader *reader = screen->data;
    struct error err;

    if (set_pattern(reader, text, &err) < 0) {
        ui_complain(screen, &err);
        return;
    }
    sheet_search(&reader->sheet, reader->pattern);
    if (reader->pattern && !sheet_next_match(&reader->sheet, 1, screen->rows) &&
        !sheet_next_match(&reader->sheet, -1, screen->rows))
        ui_say(screen, "%s", _("nothing on this page matches"));
}

static void scroll(struct screen *screen, int action)
{
    struct reader *reader = screen->data;
    struct sheet *sheet = &reader->sheet;
    int rows = screen->rows, page = rows > 1 ? rows - 1 : 1;

    switch (action) {
    case ACTION_UP:
        sheet_scroll(sheet, -1, rows);
        break;
    case ACTION_DOWN:
        sheet_scroll(sheet, 1, rows);
        break;
    case ACTION_PAGE_UP:
        sheet_scroll(sheet, -page, rows);
        break;
    case ACTION_PAGE_DOWN:
        sheet_scroll(sheet, page, rows);
        break;
    case ACTION_FIRST:
        sheet->top = 0;
        break;
    case ACTION_LAST:
        sheet_scroll(sheet, (int)sheet->line_count, rows);
        break;
    case ACTION_LEFT:
        sheet_scroll_sideways(sheet, -8, screen->cols - 2);
        break;
    case ACTION_RIGHT:
        sheet_scroll_sideways(sheet, 8, screen->cols - 2);
        break;
    default:
        break;
    }
}

static void reset_this(struct screen *screen)
{
    struct reader *reader = screen->data;

    if (card_reset(screen, reader->question->number))
        reload(screen);
}

static void act_on_card(struct screen *screen, int action, const char *key)
{
    struct reader *reader = screen->data;
    const struct bank_question *question = reader->question;
    bool changed = false;

    if (action == ACTION_SUSPEND) {
        changed = card_toggle_suspended(screen, question->number);
    } else if (action == ACTION_RATE && *key >= '1' && *key <= '4') {
        changed = card_rate(screen, question->number, (enum rating)(*key - '0'));
    } else if (action == ACTION_UNDO) {
        changed = card_undo(screen);
    } else if (action == ACTION_EDIT_FILE) {
        changed = document_edit(screen, question->path, question->question.line);
    } else if (action == ACTION_RESET) {
        autofree char *ask = str_printf(_("Make %s new again?"), question->question.id);
        ui_confirm(screen, ask, reset_this);
    } else if (action == ACTION_STUDY_THIS) {
        const struct study_options options = {.question = question->number};
        ui_push(screen, &screen_study, &options);
    }
    if (changed)
        reload(screen);
}

static void reader_act(struct screen *screen, int action, const char *key)
{
    struct reader *reader = screen->data;
    const struct links_how links = {&reader->sheet};

    switch (action) {
    case ACTION_LEAVE:
        ui_leave(screen);
        break;
    case ACTION_NEXT_QUESTION:
    case ACTION_PREVIOUS_QUESTION:
        go_to(screen, action == ACTION_NEXT_QUESTION ? 1 : -1);
        break;
    case ACTION_NEXT_MATCH:
    case ACTION_PREVIOUS_MATCH:
        next_match(screen, action == ACTION_NEXT_MATCH ? 1 : -1);
        break;
    case ACTION_SEARCH:
        ui_prompt(screen, "/", reader->source ? reader->source : "", accept_pattern);
        break;
    case ACTION_LINKS:
        ui_push(screen, &screen_links, &links);
        break;
    default:
        scroll(screen, action);
        act_on_card(screen, action, key);
        break;
    }
}

static bool reader_can(const struct screen *screen, int action)
{
    const struct reader *reader = screen->data;

    switch (action) {
    case ACTION_LINKS:
        return reader->sheet.link_count > 0;
    case ACTION_NEXT_MATCH:
    case ACTION_PREVIOUS_MATCH:
        return reader->pattern != NULL;
    case ACTION_EDIT_FILE:
        return ui_options(screen)->reimport != NULL;
    default:
        return true;
    }
}

const struct screen_ops screen_reader = {
    .data_size = sizeof(struct reader),
    .open = reader_open,
    .close = reader_close,
    .mode = reader_mode,
    .title = reader_title,
    .draw = reader_draw,
    .act = reader_act,
    .can = reader_can,
    .resume = reload,
};
