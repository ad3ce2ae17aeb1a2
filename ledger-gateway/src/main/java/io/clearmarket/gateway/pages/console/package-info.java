/** Where a merchant acts: what the table of legal moves allows, as plain forms with a confirmation, sent the way the API's commands go. */
@NullMarked
package io.clearmarket.gateway.pages.console;

import org.jspecify.annotations.NullMarked;
