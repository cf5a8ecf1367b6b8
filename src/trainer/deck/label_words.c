/* SPDX-License-Identifier: MIT */
#include <stddef.h>
#include <string.h>

#include "base/array.h"
#include "trainer/deck/label.h"

#define HAN_WORD_BYTES 6 /* of two characters */

/* Few enough for a linear search, which is only done for texts that start with a label. */
/* clang-format off */
static const char *const question_words[] = {
    "q", "question", "ques", "que", "frage", "f", "pregunta", "p",
    "domanda", "d", "pergunta", "вопрос", "в", "питання", "zapytanie",
    "pytanie", "vraag", "v", "fråga", "spørgsmål", "spørsmål", "kysymys",
    "soru", "s", "otázka", "kérdés", "întrebare", "ερώτηση", "ε", "سؤال",
    "السؤال", "س", "پرسش", "سوال", "שאלה", "ש", "प्रश्न", "प्र",
    "প্রশ্ন", "คำถาม", "hỏi", "câu hỏi", "câu", "pertanyaan", "tanya",
    "soalan", "問", "问", "問題", "问题", "質問", "題目", "题目", "题", "질문", "문제",
    "문", "front", "card", "flashcard",
};

static const char *const answer_words[] = {
    "a", "answer", "ans", "antwort", "respuesta", "r", "réponse",
    "reponse", "risposta", "resposta", "ответ", "о", "відповідь",
    "odpowiedź", "odpoveď", "odpověď", "antwoord", "svar", "vastaus",
    "cevap", "c", "válasz", "răspuns", "απάντηση", "α", "جواب", "الجواب",
    "ج", "إجابة", "الإجابة", "پاسخ", "תשובה", "ת", "उत्तर", "উত্তর",
    "คำตอบ", "đáp", "trả lời", "đáp án", "jawaban", "jawab", "jawapan",
    "答", "答案", "回答", "解答", "解", "답", "답변", "정답", "back", "show answer",
    "solution", "lösung", "solución", "解析",
};
/* clang-format on */

static bool is_among(const char *word, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (word[0] == words[i][0] && strcmp(word, words[i]) == 0)
            return true;
    return false;
}

bool label_is_question_word(const char *word)
{
    return is_among(word, question_words, ARRAY_LEN(question_words));
}

/* Scripts without blanks write "reference answer" as one word: 参考答案. */
static bool ends_in_han_answer(const char *word)
{
    size_t len = strlen(word);

    if (len <= HAN_WORD_BYTES || (unsigned char)word[len - HAN_WORD_BYTES] < 0xE4)
        return false;
    return is_among(word + len - HAN_WORD_BYTES, answer_words, ARRAY_LEN(answer_words));
}

bool label_is_answer_word(const char *word)
{
    return is_among(word, answer_words, ARRAY_LEN(answer_words)) || ends_in_han_answer(word);
}
