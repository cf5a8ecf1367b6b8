/* SPDX-License-Identifier: MIT */
#include "trainer/deck/letters.h"

#include <stddef.h>

#include "base/array.h"

struct code_range {
    uint32_t first, last;
};

static bool is_in(uint32_t code, const struct code_range *ranges, size_t count)
{
    size_t low = 0, high = count;

    while (low < high) {
        size_t middle = (low + high) / 2;
        if (code > ranges[middle].last)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && code >= ranges[low].first;
}

bool letters_is_letter(uint32_t code)
{
    /* Everything above ASCII but these: punctuation, symbols, blanks, emoji, private use. */
    static const struct code_range others[] = {
        {0x80, 0xA9},        {0xAB, 0xB4},     {0xB6, 0xB9},     {0xBB, 0xBF},
        {0xD7, 0xD7},        {0xF7, 0xF7},     {0x2B9, 0x2DF},   {0x37E, 0x37E},
        {0x387, 0x387},      {0x55A, 0x55F},   {0x589, 0x58F},   {0x5BE, 0x5BE},
        {0x5C0, 0x5C0},      {0x5C3, 0x5C3},   {0x5F3, 0x5F4},   {0x600, 0x60F},
        {0x61B, 0x61F},      {0x640, 0x640},   {0x66A, 0x66D},   {0x6D4, 0x6D4},
        {0x700, 0x70D},      {0x964, 0x965},   {0xE3F, 0xE3F},   {0xE4F, 0xE4F},
        {0xE5A, 0xE5B},      {0x104A, 0x104F}, {0x1360, 0x1368}, {0x17D4, 0x17DB},
        {0x2000, 0x206F},    {0x2070, 0x20CF}, {0x2190, 0x2BFF}, {0x2E00, 0x2E7F},
        {0x3000, 0x3004},    {0x3008, 0x3020}, {0x3030, 0x3030}, {0x303D, 0x303F},
        {0x30A0, 0x30A0},    {0x30FB, 0x30FB}, {0xA60D, 0xA60F}, {0xD800, 0xF8FF},
        {0xFE00, 0xFE6F},    {0xFEFF, 0xFEFF}, {0xFF00, 0xFF0F}, {0xFF1A, 0xFF20},
        {0xFF3B, 0xFF40},    {0xFF5B, 0xFF65}, {0xFFE0, 0xFFFF}, {0x1F000, 0x1FAFF},
        {0xE0000, 0x10FFFF},
    };

    if (code < 0x80)
        return (code | 0x20) >= 'a' && (code | 0x20) <= 'z';
    return !is_in(code, others, ARRAY_LEN(others));
}

/* Blocks where upper and lower case alternate: the upper one is even, or odd. */
static uint32_t lower_of_pair(uint32_t code)
{
    static const struct code_range even[] = {
        {0x100, 0x137}, {0x14A, 0x177}, {0x370, 0x373},   {0x3D8, 0x3EF},   {0x460, 0x481},
        {0x48A, 0x4BF}, {0x4D0, 0x52F}, {0x1E00, 0x1E95}, {0x1EA0, 0x1EFF},
    };
    static const struct code_range odd[] = {{0x139, 0x148}, {0x179, 0x17E}, {0x4C1, 0x4CE}};

    if (is_in(code, even, ARRAY_LEN(even)))
        return code | 1;
    if (is_in(code, odd, ARRAY_LEN(odd)))
        return code + (code & 1);
    return code;
}

uint32_t letters_lower(uint32_t code)
{
    static const struct {
        struct code_range range;
        int32_t distance;
    } shifts[] = {
        {{0xC0, 0xD6}, 32},   {{0xD8, 0xDE}, 32},   {{0x178, 0x178}, -121}, {{0x386, 0x386}, 38},
        {{0x388, 0x38A}, 37}, {{0x38C, 0x38C}, 64}, {{0x38E, 0x38F}, 63},   {{0x391, 0x3AB}, 32},
        {{0x400, 0x40F}, 80}, {{0x410, 0x42F}, 32}, {{0x531, 0x556}, 48},   {{0xFF21, 0xFF3A}, 32},
    };

    if (code < 0x80)
        return code >= 'A' && code <= 'Z' ? code + 32 : code;
    for (size_t i = 0; i < ARRAY_LEN(shifts); i++)
        if (code >= shifts[i].range.first && code <= shifts[i].range.last)
            return (uint32_t)((int32_t)code + shifts[i].distance);
    return lower_of_pair(code);
}

int letters_digit(uint32_t code)
{
    static const uint32_t zeros[] = {
        '0',   0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66,  0xAE6,  0xB66,  0xBE6,
        0xC66, 0xCE6, 0xD66, 0xE50, 0xED0, 0xF20, 0x1040, 0x17E0, 0x1810, 0xFF10,
    };

    for (size_t i = 0; i < ARRAY_LEN(zeros) && code >= zeros[i]; i++)
        if (code <= zeros[i] + 9)
            return (int)(code - zeros[i]);
    return -1;
}

bool letters_is_blank(uint32_t code)
{
    if (code < 0x80)
        return code == ' ' || (code >= '\t' && code <= '\r');
    return code == 0x85 || code == 0xA0 || code == 0x1680 || (code >= 0x2000 && code <= 0x200B) ||
           code == 0x2028 || code == 0x2029 || code == 0x202F || code == 0x205F || code == 0x3000 ||
           code == 0xFEFF;
}

bool letters_is_unspaced(uint32_t code)
{
    return (code >= 0x3040 && code <= 0x30FF) || (code >= 0x3400 && code <= 0x9FFF) ||
           (code >= 0xF900 && code <= 0xFAFF) || (code >= 0x20000 && code <= 0x3FFFF) ||
           (code >= 0xE00 && code <= 0xEFF) || (code >= 0x1000 && code <= 0x109F) ||
           (code >= 0x1780 && code <= 0x17FF);
}
