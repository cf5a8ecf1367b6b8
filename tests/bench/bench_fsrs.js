// SPDX-License-Identifier: MIT
// The peer of bench_fsrs.c: the same reviews through ts-fsrs. Prints reviews a second and the sum of stabilities.
'use strict';

const { fsrs } = require('ts-fsrs');

const [reviewCount, perCard, rounds] = process.argv.slice(2).map(Number);
let random = 1;

function next() {
    random = (Math.imul(random, 1664525) + 1013904223) >>> 0;
    return random >>> 16;
}

const ratings = new Uint8Array(reviewCount);
const days = new Uint8Array(reviewCount);
for (let i = 0; i < reviewCount; i++) {
    const tenth = next() % 10;
    ratings[i] = tenth === 0 ? 1 : tenth === 1 ? 2 : tenth === 9 ? 4 : 3;
    const span = next() % 100;
    days[i] = span < 10 ? 0 : span;
}

function run(scheduler) {
    let sum = 0;
    for (let i = 0; i < reviewCount; i += perCard) {
        let memory = scheduler.next_state(null, 0, ratings[i]);
        for (let k = i + 1; k < i + perCard; k++)
            memory = scheduler.next_state(memory, days[k], ratings[k]);
        sum += memory.stability;
    }
    return sum;
}

const scheduler = fsrs({ enable_fuzz: false });
let best = 0;
let sum = 0;
for (let round = 0; round < rounds; round++) {
    const start = process.hrtime.bigint();
    sum = run(scheduler);
    best = Math.max(best, reviewCount / (Number(process.hrtime.bigint() - start) / 1e9));
}
console.log(best, sum);
