package io.clearmarket.gateway.cli;

import picocli.CommandLine.Command;

/** {@code clearmarket chaincode}. */
@Command(
        name = "chaincode",
        mixinStandardHelpOptions = true,
        description = "What the organisations run and agreed on.",
        subcommands = UpgradeCommand.class)
final class ChaincodeCommand {}
