/**
 * The rules. A decision is a function of the records, a command, who asks and the ledger time; it returns the next records
 * with the name of what happened, or a refusal. No Fabric type, no clock, no randomness, no float, no locale.
 *
 * <p>{@link io.clearmarket.chaincode.domain.Rules} is the way in; {@link io.clearmarket.chaincode.moves.MoveTable} is the
 * table of what is legal when, and {@link io.clearmarket.chaincode.domain.LegalMoves} the check by it.
 */
@NullMarked
package io.clearmarket.chaincode.domain;

import org.jspecify.annotations.NullMarked;
