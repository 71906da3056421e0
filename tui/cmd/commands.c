/* The table of commands and options; see command.h. */
#include "tui/cmd/command.h"

const struct opt_def OPTIONS[OPT_COUNT] = {
    [OPT_LANG] = {"lang", 0, "ja|en",
                  N_("language of the interface (default: that of the environment)")},
    [OPT_FORMAT] = {"format", 0, "text|csv|xml|xlsx|html", N_("form of the output (default: text); xlsx and html with -o, where there is a sheet or a page")},
    [OPT_OUT] = {"output", 'o', "FILE", N_("write the output to FILE instead of the terminal")},
    [OPT_BOM] = {"bom", 0, NULL, N_("begin CSV with a byte order mark, for spreadsheets")},
    [OPT_FORCE] = {"force", 0, NULL, N_("let -o replace a file that exists")},
    [OPT_CHECKLIST] = {"checklist", 0, "ID|PATH",
                       N_("use this checklist; a path adds one of your own")},
    [OPT_ASCII] = {"ascii", 0, NULL, N_("draw with ASCII signs only")},
    [OPT_READ_ONLY] = {"read-only", 0, NULL, N_("look only, change nothing")},
    [OPT_COMPANY] = {"company", 0, "TEXT", N_("name of the company")},
    [OPT_SITE] = {"site", 0, "TEXT", N_("name of the site")},
    [OPT_SITE_ID] = {"site-id", 0, "ID",
                     N_("short id of the site (default: made from country and name)")},
    [OPT_COUNTRY] = {"country", 0, "CC", N_("country, two letters (default: JP)")},
    [OPT_INDUSTRY] = {"industry", 0, "TEXT", N_("kind of industry")},
    [OPT_IMPORTANCE] = {"importance", 0, "high|medium|low",
                        N_("how much a stop of this site would hurt (default: medium)")},
    [OPT_EMPLOYEES] = {"employees", 0, "N", N_("number of people at the site")},
    [OPT_EDITION] = {"edition", 0, "ID",
                     N_("edition of the checklist (default: the checklist's own)")},
    [OPT_BASIS] = {"basis", 0, "interview|examine|test",
                   N_("what the answers rest on: said, document seen, seen working")},
    [OPT_NOTE] = {"note", 0, "TEXT", N_("note to the answers")},
    [OPT_BUDGET] = {"budget", 0, "YEN", N_("spend at most so much for building")},
    [OPT_DAYS] = {"days", 0, "N", N_("spend at most so many person-days")},
    [OPT_STOPS] = {"stops", 0, "N", N_("allow at most so many planned line stops")},
    [OPT_TARGET] = {"target", 0, "A|B|C", N_("reach this grade, at the least cost")},
    [OPT_DAY_RATE] = {"day-rate", 0, "YEN", N_("what a person-day costs (default: 40000)")},
    [OPT_ANONYMOUS] = {"anonymous", 0, NULL,
                       N_("without names, notes and evidence; company and site as aliases")},
    [OPT_ROWS] = {"rows", 0, "sites|answers|gaps|common|grades",
                  N_("what a row is: a site, an answer, a next action, a gap that sites share, a "
                     "grade (default: sites)")},
    [OPT_JOBS] = {"jobs", 0, "N", N_("read so many files at once (default: one a processor)")},
    [OPT_OUTCOMES] = {"outcomes", 0, "FILE.csv", N_("write to FILE.csv what became of each file")},
    [OPT_MODEL] = {"model", 0, "SITE_ID",
                   N_("how the other sites get to the levels of this model plant")},
    [OPT_ROLLOUT] = {"rollout", 0, "DIR",
                     N_("with --model: write a file with the actions for each other site")},
    [OPT_BENCHMARK] = {"benchmark", 0, "OUT.xml",
                       N_("write quartiles of all sites for the plants; at least five sites")},
    [OPT_SINCE] = {"since", 0, "EARLIER", N_("compare with an earlier roll-up: its folder or file, or what rollup --format xml made of it")},
    [OPT_BESIDE] = {"benchmark", 0, "FILE", N_("hold the site against this benchmark of other sites")},
    [OPT_AGAINST] = {"against", 0, "OTHER", N_("compare with this file: what differs first")},
    [OPT_PREFER] = {"prefer", 0, "newer|a|b",
                    N_("which answer wins where the files differ (default: newer)")},
    [OPT_CODE] = {"code", 0, "CODE|-", N_("the short code; - reads it from standard input")},
    [OPT_CODE_ONLY] = {"code", 0, NULL, N_("the short code instead of the picture")},
    [OPT_LIGHT] = {"light", 0, NULL,
                   N_("for dark writing on a light ground: a light terminal, paper")},
    [OPT_BLANK] = {"blank", 0, NULL, N_("an empty questionnaire, without a file")},
    [OPT_SHEET_FORMAT] = {"format", 0, "text|html", N_("form of the questionnaire (default: text)")},
    [OPT_FLEET] = {"fleet", 0, NULL, N_("the plants of the whole company, as headquarters sees them")},
    [OPT_INTO] = {"into", 0, "DIR", N_("put the files of the example into a new folder, and open nothing")},
    [OPT_MAN_FORMAT] = {"format", 0, "text|man", N_("to be read (default: text), or as source for man")},
    [OPT_TO] = {"to", 0, "KEY", N_("seal for this key: a public key file, or age1...; give it once for each recipient")},
    [OPT_KEY] = {"key", 0, "SECRET", N_("the secret key file (default: the one that monshin keygen has made for you)")},
    [OPT_FROM] = {"from", 0, "PUB", N_("the public key file of who must have signed it")},
    [OPT_TRUST] = {"trust", 0, "DIR", N_("folder with the public keys (NAME.pub) of those whose sealed files are taken")},
    [OPT_SEEN] = {"seen", 0, "LIST", N_("remember the export numbers in this file, and refuse sealed files that are older")},
    [OPT_PASSPHRASE_FILE] = {"passphrase-file", 0, "FILE",
                             N_("the passphrase is the first line of FILE instead of being asked for; from /dev/fd/3 a second one is the next line")},
    [OPT_LOCK_AFTER] = {"lock-after", 0, "N", N_("lock the screen of a file or key with a passphrase after N minutes without a keystroke (default: 10; 0: never)")},
    [OPT_REVEAL] = {"reveal", 0, NULL, N_("show the secret for the program age, unprotected")},
    [OPT_HELP] = {"help", 'h', NULL, N_("show help")},
    [OPT_VERSION] = {"version", 0, NULL, N_("show the version")},
};

const struct column SHOW_COLUMNS[6] = {{"item", false}, {"category", false}, {"state", false},
                                       {"level", true}, {"basis", false},    {"note", false}};
const struct column GRADE_COLUMNS[10] = {
    {"scope", false}, {"score", true}, {"grade", false},   {"uncapped", false},
    {"low", false},   {"high", false}, {"answered", true}, {"applicable", true},
    {"total", true},  {"cap", false}};
const struct column GAPS_COLUMNS[16] = {
    {"rank", true},      {"item", false},       {"category", false}, {"from", true},
    {"to", true},        {"target", true},      {"wave", false},     {"ready", false},
    {"owner", false},    {"effort_days", true}, {"cost_jpy", true},  {"run_jpy", true},
    {"line_stop", true}, {"status", false},     {"action", false},   {"reason", false}};
const struct column PLAN_COLUMNS[7] = {{"item", false},       {"from", true},     {"to", true},
                                       {"effort_days", true}, {"cost_jpy", true}, {"run_jpy", true},
                                       {"line_stop", true}};
const struct column COMPARE_COLUMNS[12] = {
    {"item", false},    {"category", false}, {"difference", false}, {"distance", true},
    {"a_state", false}, {"a_level", true},   {"a_basis", false},    {"a_note", false},
    {"b_state", false}, {"b_level", true},   {"b_basis", false},    {"b_note", false}};
const struct column MERGE_COLUMNS[11] = {
    {"item", false}, {"category", false}, {"a_state", false}, {"a_level", true},
    {"a_by", false}, {"a_at", false},     {"b_state", false}, {"b_level", true},
    {"b_by", false}, {"b_at", false},     {"taken", false}};
const struct column CHECK_COLUMNS[10] = {
    {"file", false},    {"verdict", false},    {"revision", true},
    {"answered", true}, {"total", true},       {"checklist", false},
    {"edition", false}, {"generation", false}, {"generation_revision", true},
    {"message", false}};
const struct column ROLLUP_COLUMNS[15] = {
    {"site_id", false},   {"company", false}, {"site", false},    {"country", false},
    {"round", false},     {"date", false},    {"answered", true}, {"total", true},
    {"score", true},      {"grade", false},   {"people", true},   {"process", true},
    {"technology", true}, {"scm", true},      {"file", false}};
const struct column LIST_COLUMNS[6] = {
    {"id", false},       {"version", false},         {"items", true},
    {"editions", false}, {"default_edition", false}, {"name", false}};
const struct column ITEM_COLUMNS[5] = {
    {"item", false}, {"category", false}, {"weight", true}, {"key", false}, {"text", false}};
const struct column CHECKLIST_COLUMNS[6] = {{"file", false},    {"verdict", false},
                                            {"id", false},      {"items", true},
                                            {"editions", true}, {"message", false}};

#define TABLE(c) .columns = (c), .n_columns = sizeof(c) / sizeof((c)[0])
#define TABLE_OPTIONS                                                                              \
    (OPT_BIT(OPT_FORMAT) | OPT_BIT(OPT_OUT) | OPT_BIT(OPT_BOM) | OPT_BIT(OPT_FORCE))

const struct command COMMANDS[] = {
    {
        .name = "",
        .operands = "[FILE]",
        .summary = N_("the interview on the full screen; without FILE the home screen"),
        .details = N_("On a terminal that cannot move its cursor, and without a terminal, it is the "
                      "interview line by line: see monshin ask."),
        .options = OPT_BIT(OPT_PASSPHRASE_FILE) | OPT_BIT(OPT_LOCK_AFTER) | OPT_BIT(OPT_ASCII) | OPT_BIT(OPT_READ_ONLY) | OPT_BIT(OPT_CHECKLIST) | OPT_BIT(OPT_BESIDE) |
                   OPT_BIT(OPT_AGAINST),
        .max_operands = 1,
        .run = cmd_screen,
        .example = {{"osaka.xml.gz", N_("go on with a file")},
                    {"self.xml.gz --against assessor.xml.gz", N_("self-assessment against assessor")}},
    },
    {
        .name = "new",
        .operands = "FILE",
        .summary = N_("make a new assessment file"),
        .details =
            N_("Never replaces a file. Name it NAME.xml.gz: it is XML, compressed with gzip."),
        .options = OPT_BIT(OPT_COMPANY) | OPT_BIT(OPT_SITE) | OPT_BIT(OPT_SITE_ID) |
                   OPT_BIT(OPT_COUNTRY) | OPT_BIT(OPT_INDUSTRY) | OPT_BIT(OPT_IMPORTANCE) |
                   OPT_BIT(OPT_EMPLOYEES) | OPT_BIT(OPT_CHECKLIST) | OPT_BIT(OPT_EDITION),
        .min_operands = 1,
        .max_operands = 1,
        .run = cmd_new,
        .example = {{"new osaka.xml.gz --company \"Example Seiki\" --site \"Osaka No.2\" "
                     "--importance high",
                     N_("a site whose stop would hurt")}},
    },
    {
        .name = "ask",
        .operands = "FILE",
        .summary = N_("the interview line by line, without the full screen"),
        .details = N_("For screen readers, serial consoles and paper; goes on at the first open "
                      "item. 1 to 5 is the level, 0 unknown, x REASON not applicable, n a note, e "
                      "evidence, b the basis, u undo, ? explains all of it. Each answer is on the "
                      "disk when \"saved\" is said. Where only ASCII can be shown it speaks "
                      "English."),
        .options = OPT_BIT(OPT_PASSPHRASE_FILE) | OPT_BIT(OPT_ASCII) | OPT_BIT(OPT_CHECKLIST),
        .min_operands = 1,
        .max_operands = 1,
        .run = cmd_ask,
        .example = {{"ask osaka.xml.gz", N_("one question after the other")}},
    },
    {
        .name = "print",
        .operands = "[FILE]",
        .summary = N_("the questionnaire for paper, blank or with the answers so far"),
        .details = N_("Levels as boxes to tick, with room for notes, and at the end the row of "
                      "figures that monshin enter wants. HTML prints on A4 from any browser."),
        .options = OPT_BIT(OPT_PASSPHRASE_FILE) | OPT_BIT(OPT_BLANK) | OPT_BIT(OPT_SHEET_FORMAT) | OPT_BIT(OPT_EDITION) |
                   OPT_BIT(OPT_OUT) | OPT_BIT(OPT_FORCE) | OPT_BIT(OPT_CHECKLIST),
        .max_operands = 1,
        .page = true,
        .run = cmd_sheet,
        .example = {{"print --blank --format html -o blank.html --lang ja",
                     N_("in Japanese, to be filled in with a pen")}},
    },
    {
        .name = "enter",
        .operands = "FILE",
        .summary = N_("type in answers from paper, a row of figures for each section"),
        .details = N_("1 to 5, 0 unknown, x not applicable (asks for the reason), - leaves the item "
                      "as it is. Each row is checked and shown again; nothing is recorded before "
                      "you have confirmed all of it."),
        .bad = N_("you did not confirm: nothing is recorded"),
        .options = OPT_BIT(OPT_PASSPHRASE_FILE) | OPT_BIT(OPT_BASIS) | OPT_BIT(OPT_ASCII) | OPT_BIT(OPT_CHECKLIST),
        .min_operands = 1,
        .max_operands = 1,
        .run = cmd_enter,
        .example = {{"enter osaka.xml.gz --basis interview", N_("all of it was told, not seen")}},
    },
    {
        .name = "set",
        .operands = "FILE ITEM=VALUE...",
        .summary = N_("record answers"),
        .details = N_("VALUE is a level 1 to 5, \"unknown\", \"na:REASON\" (not applicable, with "
                      "the reason) or \"-\" (no answer any more). "
                      "All of the answers are recorded or none; when the command is done they are "
                      "safe on the disk."),
        .options = OPT_BIT(OPT_PASSPHRASE_FILE) | OPT_BIT(OPT_BASIS) | OPT_BIT(OPT_NOTE) | OPT_BIT(OPT_CHECKLIST),
        .min_operands = 2,
        .max_operands = -1,
        .run = cmd_set,
        .example = {{"set osaka.xml.gz 1-1=3 1-2=2 --basis examine",
                     N_("two levels, documents seen")},
                    {"set osaka.xml.gz \"2-7=na:no wireless LAN\"", N_("not applicable, and why")}},
    },
    {
        .name = "show",
        .operands = "FILE",
        .summary = N_("the answers"),
        .details = N_("The state of an item is level, unknown, na (not applicable) or unanswered."),
        .options = OPT_BIT(OPT_PASSPHRASE_FILE) | TABLE_OPTIONS | OPT_BIT(OPT_CHECKLIST),
        TABLE(SHOW_COLUMNS),
        .sheet = N_("Answers"),
        .min_operands = 1,
        .max_operands = 1,
        .run = cmd_show,
        .example = {{"show osaka.xml.gz --format csv --bom -o osaka.csv", N_("for a spreadsheet")}},
    },
    {
        .name = "grade",
        .operands = "FILE",
        .summary = N_("scores and grades, and why"),
        .details = N_("\"uncapped\" is the grade by score alone; \"cap\" names what holds the "
                      "grade below it (key:ITEM, "
                      "balance:SECTION); \"low\" and \"high\" are where the grade can still end "
                      "while items are open."),
        .options = OPT_BIT(OPT_PASSPHRASE_FILE) | TABLE_OPTIONS | OPT_BIT(OPT_CHECKLIST),
        TABLE(GRADE_COLUMNS),
        .min_operands = 1,
        .max_operands = 1,
        .run = cmd_grade,
        .example = {{"grade osaka.xml.gz", N_("with the comment for the executive")},
                    {"grade osaka.xml.gz --format csv", N_("for a script")}},
    },
    {
        .name = "gaps",
        .operands = "FILE",
        .summary = N_("the next actions in the order to do them"),
        .details = N_("Every step of every item under its target. \"wave\" is now (within a month, "
                      "no budget), next (within six months) or later; \"ready\" is no while "
                      "something else has to be done first; \"owner\" is the person who has taken "
                      "it on, or else the role that should lead. Days and yen are estimates, or "
                      "your own figures where the file has them."),
        .options = OPT_BIT(OPT_PASSPHRASE_FILE) | TABLE_OPTIONS | OPT_BIT(OPT_DAY_RATE) | OPT_BIT(OPT_CHECKLIST),
        TABLE(GAPS_COLUMNS),
        .sheet = N_("Next actions"),
        .min_operands = 1,
        .max_operands = 1,
        .run = cmd_gaps,
        .example = {{"gaps osaka.xml.gz", N_("what to do on Monday")},
                    {"gaps osaka.xml.gz --format csv --bom -o gaps.csv", N_("for a spreadsheet")}},
    },
    {
        .name = "plan",
        .operands = "FILE",
        .summary = N_("the best steps for a budget, or the cheapest way to a grade"),
        .details =
            N_("Exact, not a rule of thumb. With limits only: the steps that raise the score "
               "most. With --target: the least cost after which the grade, all caps applied, "
               "is reached; within the limits when there are any. Without either: to the next "
               "better grade. Open items count as level 1. In text and csv the summary goes "
               "to standard error."),
        .bad = N_("the grade cannot be reached, or not within the limits"),
        .options = OPT_BIT(OPT_PASSPHRASE_FILE) | TABLE_OPTIONS | OPT_BIT(OPT_BUDGET) | OPT_BIT(OPT_DAYS) | OPT_BIT(OPT_STOPS) |
                   OPT_BIT(OPT_TARGET) | OPT_BIT(OPT_DAY_RATE) | OPT_BIT(OPT_CHECKLIST),
        TABLE(PLAN_COLUMNS),
        .sheet = N_("Plan"),
        .min_operands = 1,
        .max_operands = 1,
        .run = cmd_plan,
        .example = {{"plan osaka.xml.gz --target B", N_("the least costly way to grade B")},
                    {"plan osaka.xml.gz --budget 5000000 --days 60 --stops 1",
                     N_("the best for what there is")}},
    },
    {
        .name = "report",
        .operands = "FILE",
        .summary = N_("the report: one HTML file for any browser and for paper"),
        .details =
            N_("Page 1 is for executives; then the sections with all items, the actions with "
               "owners and dates, and the statement of conformity with room for signatures. "
               "The file holds everything it needs and runs nothing; print it on A4. --lang "
               "says in which language."),
        .options = OPT_BIT(OPT_PASSPHRASE_FILE) | OPT_BIT(OPT_OUT) | OPT_BIT(OPT_FORCE) | OPT_BIT(OPT_CHECKLIST) | OPT_BIT(OPT_BESIDE),
        .min_operands = 1,
        .max_operands = 1,
        .run = cmd_report,
        .example = {{"report osaka.xml.gz -o osaka.html --lang ja", N_("in Japanese")},
                    {"report osaka.xml.gz -o osaka.html --benchmark benchmark.xml", N_("beside other sites")}},
    },
    {
        .name = "export",
        .operands = "FILE",
        .summary = N_("the file for headquarters, with its result in it"),
        .details =
            N_("XML that follows assessment.xsd: the answers and what they come to (scores, "
               "grades, caps, axes). OUT.xml.gz is compressed, OUT.xml is not. Read back and "
               "compared after writing. The file remembers that it was exported. Aliases are "
               "the same in every anonymous export of one file, and in no other file; "
               "country, industry and number of people stay."),
        .options =
            OPT_BIT(OPT_OUT) | OPT_BIT(OPT_FORCE) | OPT_BIT(OPT_ANONYMOUS) | OPT_BIT(OPT_TO) | OPT_BIT(OPT_KEY) |
            OPT_BIT(OPT_PASSPHRASE_FILE) | OPT_BIT(OPT_CHECKLIST),
        .min_operands = 1,
        .max_operands = 1,
        .run = cmd_export,
        .example = {{"export osaka.xml.gz -o to-hq.xml.gz", N_("to be handed to headquarters")},
                    {"export osaka.xml.gz --to headquarters.pub -o to-hq.age", N_("sealed for headquarters")},
                    {"export osaka.xml.gz -o survey.xml --anonymous",
                     N_("for a survey that must not know who you are")}},
    },
    {
        .name = "lock",
        .operands = "FILE",
        .summary = N_("a passphrase for the file itself, on a laptop that others use too"),
        .details = N_("Sets the passphrase, or changes it. From then on every command and the screen ask for it; what is saved is an "
                      "age file, which the program age opens too. Older generations are overwritten and removed. A lost "
                      "passphrase cannot be brought back."),
        .options = OPT_BIT(OPT_PASSPHRASE_FILE),
        .min_operands = 1,
        .max_operands = 1,
        .run = cmd_lock,
        .example = {{"lock osaka.xml.gz", N_("before you leave the room")}},
    },
    {
        .name = "unlock",
        .operands = "FILE",
        .summary = N_("takes the passphrase away from the file"),
        .options = OPT_BIT(OPT_PASSPHRASE_FILE),
        .min_operands = 1,
        .max_operands = 1,
        .run = cmd_unlock,
    },
    {
        .name = "keygen",
        .operands = "",
        .summary = N_("make your pair of keys: a secret one, and a public one to give away"),
        .details = N_("-o NAME makes NAME.key, the secret that opens and signs, under a passphrase, and NAME.pub, which others "
                      "need to seal for you and to know your signature. Without -o they are yours on this machine. Give the "
                      "public key away on any medium; the fingerprint is read out by telephone, so that both know it is the "
                      "right one. Nobody can bring back a lost passphrase or key: keep a copy in a safe."),
        .options = OPT_BIT(OPT_OUT) | OPT_BIT(OPT_PASSPHRASE_FILE),
        .run = cmd_keygen,
        .example = {{"keygen", N_("for this person on this machine")}, {"keygen -o headquarters", N_("headquarters.key, headquarters.pub")}},
    },
    {
        .name = "key",
        .operands = "[FILE]",
        .summary = N_("the fingerprint of a key, to be compared by telephone"),
        .details = N_("FILE is a public or a secret key file; without it, your own. With --reveal the secret is shown as the "
                      "program age wants it, after asking for the passphrase."),
        .options = OPT_BIT(OPT_REVEAL) | OPT_BIT(OPT_PASSPHRASE_FILE),
        .max_operands = 1,
        .run = cmd_key,
        .example = {{"key headquarters.pub", N_("before you seal for it the first time")}},
    },
    {
        .name = "seal",
        .operands = "FILE",
        .summary = N_("signed and encrypted, so that only the recipient reads it"),
        .details = N_("Signed with your key (monshin keygen), then encrypted for the keys of --to, in the formats of minisign and "
                      "age. The signature covers site, export number, time and recipients: what is passed on, forged or changed "
                      "is refused. Your own machine cannot open it again: keep the file."),
        .options = OPT_BIT(OPT_TO) | OPT_BIT(OPT_KEY) | OPT_BIT(OPT_PASSPHRASE_FILE) | OPT_BIT(OPT_OUT) | OPT_BIT(OPT_FORCE) |
                   OPT_BIT(OPT_CHECKLIST),
        .min_operands = 1,
        .max_operands = 1,
        .run = cmd_seal,
        .example = {{"seal to-hq.xml.gz --to headquarters.pub -o to-hq.age", N_("for the way to headquarters")}},
    },
    {
        .name = "open",
        .operands = "SEALED",
        .summary = N_("what was sealed for you, after checking all of it"),
        .details = N_("Says who has signed it. With --from it must be that one; without, compare the fingerprint by telephone."),
        .bad = N_("not for this key, not by that signer, passed on, changed or cut off"),
        .options = OPT_BIT(OPT_KEY) | OPT_BIT(OPT_FROM) | OPT_BIT(OPT_PASSPHRASE_FILE) | OPT_BIT(OPT_OUT) | OPT_BIT(OPT_FORCE) |
                   OPT_BIT(OPT_CHECKLIST),
        .min_operands = 1,
        .max_operands = 1,
        .run = cmd_unseal,
        .example = {{"open to-hq.age --from osaka.pub -o osaka.xml.gz", N_("at headquarters")}},
    },
    {
        .name = "qr",
        .operands = "FILE",
        .summary = N_("the answers as a QR code, or as a short code to read out"),
        .details = N_("Where no stick may be carried: levels, states, basis, site id, round, edition, "
                      "date and revision. Notes, evidence, reasons, names, checks, targets and actions "
                      "stay behind. On a terminal with colours it is black on white; elsewhere it is "
                      "drawn for light writing on a dark ground unless --light is given."),
        .options = OPT_BIT(OPT_PASSPHRASE_FILE) | OPT_BIT(OPT_CODE_ONLY) | OPT_BIT(OPT_LIGHT) | OPT_BIT(OPT_ASCII) | OPT_BIT(OPT_OUT) |
                   OPT_BIT(OPT_FORCE) | OPT_BIT(OPT_CHECKLIST),
        .min_operands = 1,
        .max_operands = 1,
        .run = cmd_qr,
        .example = {{"qr osaka.xml.gz", N_("to be photographed from the screen")},
                    {"qr osaka.xml.gz --code", N_("to be read out by telephone")}},
    },
    {
        .name = "import",
        .operands = "",
        .summary = N_("a new file from the short code"),
        .details = N_("Blanks, line breaks and hyphens mean nothing, and small letters will do. A wrong "
                      "character and swapped neighbours are found, and their group named. What is "
                      "not in the code (see monshin qr) is not in the file."),
        .bad = N_("the code is wrong, or fits no checklist here"),
        .options = OPT_BIT(OPT_CODE) | OPT_BIT(OPT_OUT) | OPT_BIT(OPT_COMPANY) | OPT_BIT(OPT_SITE) |
                   OPT_BIT(OPT_CHECKLIST),
        .run = cmd_import,
        .example = {{"import --code - -o osaka.xml.gz", N_("typed, then Ctrl-D")}},
    },
    {
        .name = "compare",
        .operands = "A [B]",
        .summary = N_("two files side by side: what differs stands first"),
        .details = N_("Site against site, the plant's own answers against the assessor's, before "
                      "against after. With one file: its last two rounds. \"difference\" is level, "
                      "state (another kind of answer), basis (seen on one side only) or same; "
                      "\"distance\" is the level of B minus that of A."),
        .bad = N_("the files have different checklists"),
        .options = OPT_BIT(OPT_PASSPHRASE_FILE) | TABLE_OPTIONS | OPT_BIT(OPT_CHECKLIST),
        TABLE(COMPARE_COLUMNS),
        .min_operands = 1,
        .max_operands = 2,
        .run = cmd_compare,
        .example = {{"compare self.xml.gz assessor.xml.gz", N_("where the two see it differently")},
                    {"compare osaka.xml.gz", N_("what has changed since the last round")}},
    },
    {
        .name = "merge",
        .operands = "A B",
        .summary = N_("two files of one site and round made one"),
        .details = N_("An answer is never overwritten by unanswered or unknown; between two answers "
                      "the newer wins, and each such conflict is listed. People, notes, evidence and "
                      "actions are kept from both. On a terminal and without --prefer the screen shows the "
                      "conflicts, to be decided one by one. Writes the file of -o and leaves A and B alone; where one of "
                      "them has a passphrase, so has the merged file (that of A when both have one)."),
        .bad = N_("other site, other checklist or other round: not merged"),
        .options = OPT_BIT(OPT_PASSPHRASE_FILE) | OPT_BIT(OPT_LOCK_AFTER) | TABLE_OPTIONS | OPT_BIT(OPT_PREFER) | OPT_BIT(OPT_CHECKLIST),
        TABLE(MERGE_COLUMNS),
        .min_operands = 2,
        .max_operands = 2,
        .run = cmd_merge,
        .example = {{"merge office.xml.gz floor.xml.gz -o osaka.xml.gz",
                     N_("two people asked different rooms")}},
    },
    {
        .name = "check",
        .operands = "FILE...",
        .summary = N_("are these files sound? one line for each"),
        .details = N_("Holds each file against gzip, XML, schema and checklist. Of a bad file it "
                      "names the newest older generation that is good."),
        .bad = N_("a file is bad"),
        .options = OPT_BIT(OPT_PASSPHRASE_FILE) | TABLE_OPTIONS | OPT_BIT(OPT_CHECKLIST),
        TABLE(CHECK_COLUMNS),
        .min_operands = 1,
        .max_operands = -1,
        .run = cmd_check,
        .example = {{"check *.xml.gz", N_("all files of a folder")}},
    },
    {
        .name = "rollup",
        .operands = "PATH...",
        .summary = N_("many files, from folders too, as one table"),
        .details = N_("On a terminal, without options but --key and --trust: the sites on the full screen. Folders are searched all the way down for NAME.xml.gz, NAME.xml and NAME.age. Of each "
                      "site (company and site id) the newest round and revision counts; files that "
                      "are older, duplicates, in conflict or rejected are named on standard error, "
                      "one line each. Answers and gaps are written while they are made: any number "
                      "of files fits into memory. With --model the rows are what the other sites "
                      "lack, by site and wave, and with --rows gaps step by step. With --format html: one page for the board to "
                      "print or to open in any browser, with the cost by year and the trend. Sealed files (NAME.age) are opened "
                      "with --key; each says who has signed it, and with --trust only those count whose "
                      "public key is in the folder."),
        .bad = N_("a file was rejected, or there are too few sites for a benchmark"),
        .options = TABLE_OPTIONS | OPT_BIT(OPT_ROWS) | OPT_BIT(OPT_JOBS) | OPT_BIT(OPT_OUTCOMES) |
                   OPT_BIT(OPT_MODEL) | OPT_BIT(OPT_ROLLOUT) | OPT_BIT(OPT_BENCHMARK) | OPT_BIT(OPT_SINCE) |
                   OPT_BIT(OPT_DAY_RATE) | OPT_BIT(OPT_KEY) | OPT_BIT(OPT_TRUST) | OPT_BIT(OPT_SEEN) |
                   OPT_BIT(OPT_PASSPHRASE_FILE) | OPT_BIT(OPT_LOCK_AFTER) | OPT_BIT(OPT_CHECKLIST) | OPT_BIT(OPT_ASCII),
        TABLE(ROLLUP_COLUMNS),
        .sheet = N_("Roll-up"),
        .page = true,
        .min_operands = 1,
        .max_operands = -1,
        .run = cmd_rollup,
        .example = {{"rollup plants/ --format html -o board.html",
                     N_("the page for the board")},
                    {"rollup plants/ --format csv --bom -o sites.csv", N_("all plants for a spreadsheet")},
                    {"rollup plants/ --rows answers --format csv", N_("for a database")},
                    {"rollup plants/ --model jp-osaka-2 --rollout out/",
                     N_("from the model plant to the others")},
                    {"rollup plants/ --benchmark benchmark.xml", N_("for the plants")}},
    },
    {
        .name = "checklist list",
        .operands = "",
        .summary = N_("the checklists that there are"),
        .details = N_("Beside the built-in ones: those in the folders that the variable "
                      "MONSHIN_CHECKLISTS names (separated by colons), "
                      "as FOLDER/NAME.xml or FOLDER/NAME/checklist.xml."),
        .options = TABLE_OPTIONS | OPT_BIT(OPT_CHECKLIST),
        TABLE(LIST_COLUMNS),
        .run = cmd_checklist_list,
    },
    {
        .name = "checklist show",
        .operands = "ID",
        .summary = N_("the items of a checklist"),
        .options = TABLE_OPTIONS | OPT_BIT(OPT_EDITION) | OPT_BIT(OPT_CHECKLIST),
        TABLE(ITEM_COLUMNS),
        .min_operands = 1,
        .max_operands = 1,
        .run = cmd_checklist_show,
        .example = {{"checklist show meti-factory --format csv --lang ja",
                     N_("the Japanese wording for a spreadsheet")}},
    },
    {
        .name = "checklist check",
        .operands = "FILE",
        .summary = N_("is a checklist of your own sound?"),
        .details = N_("Holds the file and what it includes against schema and meaning: both "
                      "languages, ids used once, five levels, weights in range."),
        .bad = N_("the checklist is bad"),
        .options = TABLE_OPTIONS,
        TABLE(CHECKLIST_COLUMNS),
        .min_operands = 1,
        .max_operands = 1,
        .run = cmd_checklist_check,
        .example = {{"checklist check my-checklist.xml", N_("before you give it to others")}},
    },
    {
        .name = "doctor",
        .operands = "",
        .summary = N_("what this machine can do: a page to read out to whoever helps you"),
        .details = N_(
            "Terminal, language, where files go and whether they may be written, clock, versions. "
            "Looks only: nothing is changed, and nothing of your answers is in it."),
        .options = OPT_BIT(OPT_OUT) | OPT_BIT(OPT_FORCE),
        .run = cmd_doctor,
        .example = {{"doctor -o doctor.txt", N_("to send it instead of reading it out")}},
    },
    {
        .name = "demo",
        .operands = "",
        .summary = N_("an example to look at and to play with: a plant that has been through two rounds"),
        .details = N_("Fictitious, with notes, evidence, owners and dates; with --fleet thirteen plants at home and abroad, of "
                      "which one file is damaged. A copy in a folder of its own that goes when you quit; your own files are "
                      "not touched. To try the other commands on it, use --into."),
        .options = OPT_BIT(OPT_FLEET) | OPT_BIT(OPT_INTO) | OPT_BIT(OPT_ASCII),
        .run = cmd_demo,
        .example = {{"demo", N_("a look around")}, {"demo --fleet --into plants", N_("files to try the commands on")}},
    },
    {
        .name = "man",
        .operands = "[1|5]",
        .summary = N_("the manual, for machines on which it is not installed"),
        .details = N_("1 is the program (the default), 5 the file format. --lang says in which language."),
        .options = OPT_BIT(OPT_MAN_FORMAT) | OPT_BIT(OPT_OUT) | OPT_BIT(OPT_FORCE),
        .max_operands = 1,
        .run = cmd_man,
        .example = {{"man | less", N_("to read it")}, {"man --format man -o monshin.1", N_("to install it")}},
    },
    {
        .name = "completion",
        .operands = "bash|zsh|fish",
        .summary = N_("completion of this command line, for your shell"),
        .details = N_("Commands, options, their values, files, item ids. make install and the package put it where the shells "
                      "look; where monshin is only one file, the shell's start file takes it from here."),
        .options = OPT_BIT(OPT_OUT) | OPT_BIT(OPT_FORCE),
        .min_operands = 1,
        .max_operands = 1,
        .run = cmd_completion,
        .example = {{"completion bash -o ~/.local/share/bash-completion/completions/monshin", N_("for bash, of this user only")}},
    },
    {
        .name = "help",
        .operands = "[COMMAND]",
        .summary = N_("this list, or the help of a command"),
    },
};
const size_t N_COMMANDS = sizeof COMMANDS / sizeof COMMANDS[0];
