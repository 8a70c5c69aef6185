/* The shell of the image with busybox. The suite compares words that only busybox's shell says, and
   passes on environment variables with names like `data-1`, which Debian's busybox drops: where such
   a variable is there the shell is bash, and busybox's otherwise. */
#include <string.h>
#include <unistd.h>

extern char **environ;

static const char NAME[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_0123456789";

int main(int argc, char **argv)
{
    const char *shell = "/bin/ash";
    char **variable;

    (void)argc;
    for (variable = environ; *variable; variable++) {
        size_t length = strspn(*variable, NAME);
        int digit = **variable >= '0' && **variable <= '9';

        if (digit || (*variable)[length] != '=')
            shell = "/bin/bash";
    }
    execv(shell, argv);
    return 126;
}
