/* What a bare ncursesw program costs: shows the lines of a file full screen, moves a bar with j, k and the arrows, writes typed text into
 * the last line, and draws everything anew for each key, leaving the difference to curses, as monshin does. make bench gives it
 * monshin's own first screen as the text, so that both draw as much; tests/e2e/test_harness.c uses it as a program to drive.
 *
 * usage: bare FILE */
#include <curses.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_LINES = 200, MAX_BYTES = 1000 };

struct bare {
    char line[MAX_LINES][MAX_BYTES];
    int n_lines;
    int bar;
    char typed[MAX_BYTES];
    size_t n_typed;
};

static void load(struct bare *b, const char *path)
{
    FILE *f = fopen(path, "r");
    if (!f) {
        fprintf(stderr, "bare: cannot read %s\n", path);
        exit(2);
    }
    while (b->n_lines < MAX_LINES && fgets(b->line[b->n_lines], MAX_BYTES, f)) {
        b->line[b->n_lines][strcspn(b->line[b->n_lines], "\n")] = '\0';
        b->n_lines++;
    }
    fclose(f);
}

static void draw(const struct bare *b)
{
    erase();
    for (int i = 0; i < b->n_lines && i < LINES; i++) {
        attr_set(i == b->bar ? A_REVERSE : A_NORMAL, i == 0 ? 1 : 0, NULL);
        mvaddnstr(i, 0, b->line[i], -1);
    }
    attr_set(A_BOLD, 0, NULL);
    if (b->n_typed) mvaddnstr(LINES - 1, 0, b->typed, -1);
    refresh();
}

static void note(struct bare *b, const char *text)
{
    snprintf(b->typed, sizeof b->typed, "%s", text);
    b->n_typed = strlen(b->typed);
}

/* false: the program is to end. */
static bool act(struct bare *b, int key)
{
    MEVENT mouse;
    char text[64];
    if (key == 'q' || key == ERR) return false;
    if (key == 'j' || key == KEY_DOWN) {
        b->bar = b->bar + 1 < b->n_lines ? b->bar + 1 : 0;
    } else if (key == 'k' || key == KEY_UP) {
        b->bar = b->bar > 0 ? b->bar - 1 : b->n_lines - 1;
    } else if (key == KEY_MOUSE && getmouse(&mouse) == OK) {
        snprintf(text, sizeof text, "<mouse %d,%d>", mouse.y, mouse.x);
        note(b, text);
    } else if (key == KEY_RESIZE) {
        snprintf(text, sizeof text, "<%dx%d>", COLS, LINES);
        note(b, text);
    } else if (key < 32 || key > 255) {
        snprintf(text, sizeof text, "<%s>", keyname(key));
        note(b, text);
    } else if (b->n_typed + 1 < sizeof b->typed) {
        b->typed[b->n_typed++] = (char)key;
        b->typed[b->n_typed] = '\0';
    }
    return true;
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: bare FILE\n");
        return 2;
    }
    struct bare *b = calloc(1, sizeof *b);
    if (!b) return 3;
    b->bar = 3;
    setlocale(LC_ALL, "C.UTF-8");
    load(b, argv[1]);
    SCREEN *screen = newterm(NULL, stdout, stdin);
    if (!screen) return 3;
    raw();
    nonl();
    noecho();
    set_escdelay(25);
    keypad(stdscr, TRUE);
    curs_set(0);
    mousemask(BUTTON1_PRESSED, NULL);
    mouseinterval(0);
    start_color();
    use_default_colors();
    init_pair(1, COLOR_CYAN, -1);
    for (bool on = true; on; on = act(b, getch())) draw(b);
    endwin();
    delscreen(screen);
    free(b);
    return 0;
}
