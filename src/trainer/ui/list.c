/* SPDX-License-Identifier: MIT */
#include "trainer/ui/list.h"

#include "trainer/ui/keys.h"

void list_settle(struct list *list, int rows)
{
    size_t seen = rows > 0 ? (size_t)rows : 1;

    if (list->marked >= list->count)
        list->marked = list->count > 0 ? list->count - 1 : 0;
    if (list->marked < list->top)
        list->top = list->marked;
    if (list->marked >= list->top + seen)
        list->top = list->marked - seen + 1;
    if (list->top + seen > list->count)
        list->top = list->count > seen ? list->count - seen : 0;
}

static void move_by(struct list *list, long by)
{
    long to = (long)list->marked + by;

    if (to >= (long)list->count)
        to = (long)list->count - 1;
    list->marked = to > 0 ? (size_t)to : 0;
}

bool list_act(struct list *list, int action, int rows)
{
    int page = rows > 1 ? rows - 1 : 1;

    switch (action) {
    case ACTION_UP:
        move_by(list, -1);
        break;
    case ACTION_DOWN:
        move_by(list, 1);
        break;
    case ACTION_PAGE_UP:
        move_by(list, -page);
        break;
    case ACTION_PAGE_DOWN:
        move_by(list, page);
        break;
    case ACTION_FIRST:
        list->marked = 0;
        break;
    case ACTION_LAST:
        list->marked = list->count > 0 ? list->count - 1 : 0;
        break;
    default:
        return false;
    }
    list_settle(list, rows);
    return true;
}

bool list_at(const struct list *list, int row, size_t *index)
{
    if (row < 0 || list->top + (size_t)row >= list->count)
        return false;
    *index = list->top + (size_t)row;
    return true;
}
