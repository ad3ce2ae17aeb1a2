/** The command line behind the launcher: up, replay, check, crash, bench, epcis, wallet. Exit codes: 0 done, 1 refused or failed, 2 wrong usage. */
@NullMarked
package io.clearmarket.gateway.cli;

import org.jspecify.annotations.NullMarked;
