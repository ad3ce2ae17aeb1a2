/**
 * What is legal when: the table that the chaincode runs on, for whoever wants to know beforehand. Pure: no Fabric type, no clock; the
 * time is a parameter. A move that the table allows may still be refused for what it says (amounts, lines, items).
 */
@NullMarked
package io.clearmarket.chaincode.moves;

import org.jspecify.annotations.NullMarked;
