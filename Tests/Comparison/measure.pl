% Measures SWI-Prolog: swipl measure.pl -- RULES MESSAGES EXPECTED COUNT
%
% Decides the first COUNT messages once and compares with what is expected, then three times more,
% and prints the median of the three means as one JSON object: nanoseconds a decision, milliseconds
% of loading, bytes.

:- initialization(main, main).

main :-
    current_prolog_flag(argv, Arguments),
    append(_, [Rules, Messages, Expected, CountText], Arguments),
    atom_number(CountText, Count),
    status("VmRSS:", Before),
    statistics(walltime, [Start, _]),
    load_files(Rules, [silent(true)]),
    statistics(walltime, [End, _]),
    Load is End - Start,
    status("VmRSS:", After),
    Program is After - Before,
    load_files(Messages, [silent(true)]),
    expected(Expected, Count, Indices),
    findall(Goal-Index, question(Count, Goal, Index), Questions),
    decide_all(Questions, Indices, 0, Wrong),
    findall(Time, (between(1, 3, _), time_of(Questions, Indices, Count, Time)), Times),
    msort(Times, [_, Median, _]),
    status("VmHWM:", Peak),
    format('{"median": ~1f, "load": ~w, "program": ~w, "peak": ~w, "compared": ~w, "wrong": ~w}~n',
           [Median, Load, Program, Peak, Count, Wrong]).

question(Count, Goal, Index) :-
    message(Number, Message),
    Number < Count,
    Message =.. [m|Facts],
    append(Facts, [Index], All),
    Goal =.. [decide|All].

decide_all([], _, Wrong, Wrong).
decide_all([Question|Questions], [Expected|Rest], Wrong0, Wrong) :-
    copy_term(Question, Goal-Index),
    ( call(Goal) -> true ; Index = -1 ),
    ( Index == Expected -> Wrong1 = Wrong0 ; Wrong1 is Wrong0 + 1 ),
    decide_all(Questions, Rest, Wrong1, Wrong).

time_of(Questions, Indices, Count, Nanoseconds) :-
    statistics(cputime, Start),
    decide_all(Questions, Indices, 0, _),
    statistics(cputime, End),
    Nanoseconds is (End - Start) / Count * 1.0e9.

expected(File, Count, Indices) :-
    setup_call_cleanup(
        open(File, read, Stream),
        findall(Index,
                (between(1, Count, _), read_line_to_string(Stream, Line),
                 number_string(Index, Line)),
                Indices),
        close(Stream)).

% A line of /proc/self/status, in bytes.
status(Key, Bytes) :-
    read_file_to_string('/proc/self/status', Text, []),
    split_string(Text, "\n", "", Lines),
    member(Line, Lines),
    string_concat(Key, Rest, Line),
    split_string(Rest, "\t ", "\t ", [Number|_]),
    number_string(Kilobytes, Number),
    !,
    Bytes is Kilobytes * 1024.
