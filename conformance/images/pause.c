/* Holds a pod's namespaces: buries orphans until it is told to go. */
#include <signal.h>
#include <sys/wait.h>

int main(void)
{
    sigset_t wanted;
    int got;

    sigemptyset(&wanted);
    sigaddset(&wanted, SIGCHLD);
    sigaddset(&wanted, SIGINT);
    sigaddset(&wanted, SIGTERM);
    sigprocmask(SIG_BLOCK, &wanted, 0);
    while (sigwait(&wanted, &got) == 0 && got == SIGCHLD)
        while (waitpid(-1, 0, WNOHANG) > 0)
            ;
    return 0;
}
