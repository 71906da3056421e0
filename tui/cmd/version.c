/* monshin --version: the program and of what it is made. Whoever asks for help, or wonders whether
 * a fix is in, reads this out. */
#include "tui/cmd/command.h"

#include "core/base/buf.h"
#include "core/base/text.h"
#include "core/io/gz.h"
#include "core/io/xml.h"
#include "core/method/plan.h"
#include "core/out/qr.h"
#include "core/out/xlsx.h"
#include "core/seal/secret.h"
#include "parts.h"
#include "tui/term/term.h"

void version_parts(struct buf *out)
{
    static void (*const LIBRARIES[])(struct buf *) = {xml_library,  gz_library,   text_library,
                                                      plan_library, xlsx_library, qr_library,
                                                      secret_library, term_library};
    buf_adds(out, MONSHIN_PARTS);
    if (out->len > 0)
        return; /* all of it is inside, and was named when it was built */
    for (size_t i = 0; i < sizeof LIBRARIES / sizeof LIBRARIES[0]; i++) {
        LIBRARIES[i](out);
        buf_addc(out, '\n');
    }
}

int cmd_version(struct cmd *cmd)
{
    struct buf out = {0}, parts = {0};
    version_parts(&parts);
    buf_addf(&out, "monshin %s\n%s", MONSHIN_VERSION, buf_str(&parts));
    int status = cmd_put(cmd, &out);
    buf_release(&parts);
    buf_release(&out);
    return status;
}
