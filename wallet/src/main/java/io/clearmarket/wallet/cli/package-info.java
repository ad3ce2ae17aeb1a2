/** {@code clearmarket wallet}: the library's command line. Exit codes: 0 done, 1 refused or failed, 2 wrong usage. */
@NullMarked
package io.clearmarket.wallet.cli;

import org.jspecify.annotations.NullMarked;
