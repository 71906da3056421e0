/* What a bare ncursesw program costs: shows pages of text (from a file, with form feeds between them) full screen, goes to the next and the last
 * page with j, k and the arrows while a bar moves along, writes typed text into the last line, and draws everything anew for each
 * key, leaving the difference to curses, as monshin does. make bench gives it monshin's own screens as its pages, so that both draw
 * as much; tests/e2e/test_harness.c uses it as a program to drive.
 *
 * usage: bare FILE */
#include <curses.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_PAGES = 40, MAX_LINES = 60, MAX_BYTES = 600 };

struct page {
    char *line[MAX_LINES];
    int n_lines;
};

struct bare {
    struct page page[MAX_PAGES];
    int n_pages, at;
    int bar;
    char typed[MAX_BYTES];
    size_t n_typed;
};

static void add_line(struct bare *b, const char *text)
{
    struct page *p = &b->page[b->n_pages - 1];
    if (p->n_lines < MAX_LINES) p->line[p->n_lines++] = strdup(text);
}

static void load(struct bare *b, const char *path)
{
    char line[MAX_BYTES];
    FILE *f = fopen(path, "r");
    if (!f) {
        fprintf(stderr, "bare: cannot read %s\n", path);
        exit(2);
    }
    b->n_pages = 1;
    while (fgets(line, sizeof line, f)) {
        line[strcspn(line, "\n")] = '\0';
        if (line[0] == '\f' && b->n_pages < MAX_PAGES)
            b->n_pages++;
        else
            add_line(b, line);
    }
    fclose(f);
}

static void draw(const struct bare *b)
{
    const struct page *p = &b->page[b->at];
    erase();
    for (int i = 0; i < p->n_lines && i < LINES; i++) {
        attr_set(i == b->bar ? A_REVERSE : A_NORMAL, i == 0 ? 1 : 0, NULL);
        mvaddnstr(i, 0, p->line[i], -1);
    }
    attr_set(A_BOLD, 0, NULL);
    if (b->n_typed) mvaddnstr(LINES - 1, 0, b->typed, -1);
    refresh();
}

static void step(struct bare *b, int by)
{
    int n_lines = b->page[b->at].n_lines;
    b->at = (b->at + b->n_pages + by) % b->n_pages;
    b->bar = n_lines ? (b->bar + n_lines + by) % n_lines : 0;
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
        step(b, 1);
    } else if (key == 'k' || key == KEY_UP) {
        step(b, -1);
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

static void release(struct bare *b)
{
    for (int i = 0; i < b->n_pages; i++)
        for (int j = 0; j < b->page[i].n_lines; j++) free(b->page[i].line[j]);
    free(b);
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
    release(b);
    return 0;
}
