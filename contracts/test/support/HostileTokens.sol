// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

/// @notice Tokens that misbehave in one way each, all mintable by anyone.
abstract contract MintableToken is ERC20 {
    constructor() ERC20("Hostile", "HOSTILE") {}

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }
}

/// @notice Keeps one per cent of each transfer.
contract FeeOnTransferToken is MintableToken {
    function transferFrom(address from, address to, uint256 value) public override returns (bool) {
        super.transferFrom(from, to, value);
        _burn(to, value / 100);
        return true;
    }

    /// @dev Whoever signed.
    function receiveWithAuthorization(
        address from,
        address to,
        uint256 value,
        uint256,
        uint256,
        bytes32,
        uint8,
        bytes32,
        bytes32
    ) external {
        _transfer(from, to, value);
        _burn(to, value / 100);
    }
}

/// @notice Gives who receives one unit more.
contract BonusToken is MintableToken {
    function transferFrom(address from, address to, uint256 value) public override returns (bool) {
        super.transferFrom(from, to, value);
        _mint(to, 1);
        return true;
    }
}

/// @notice Refuses whoever is denylisted, by reverting or by returning false.
contract DenylistToken is MintableToken {
    mapping(address account => bool) public denied;
    bool public returnsFalse;

    function deny(address account, bool value) external {
        denied[account] = value;
    }

    function answerFalse(bool value) external {
        returnsFalse = value;
    }

    function transfer(address to, uint256 value) public override returns (bool) {
        if (!denied[to]) return super.transfer(to, value);
        require(returnsFalse, "denylisted");
        return false;
    }
}

/// @notice Moves money and returns nothing, like some old large ones.
contract NoReturnToken {
    mapping(address account => uint256) public balanceOf;
    mapping(address owner => mapping(address spender => uint256)) public allowance;

    function mint(address to, uint256 amount) external {
        balanceOf[to] += amount;
    }

    function approve(address spender, uint256 amount) external {
        allowance[msg.sender][spender] = amount;
    }

    function transfer(address to, uint256 amount) external {
        move(msg.sender, to, amount);
    }

    function transferFrom(address from, address to, uint256 amount) external {
        allowance[from][msg.sender] -= amount;
        move(from, to, amount);
    }

    function move(address from, address to, uint256 amount) private {
        balanceOf[from] -= amount;
        balanceOf[to] += amount;
    }
}

/// @notice Calls back into whatever it was told to, in the middle of each transfer.
contract ReentrantToken is MintableToken {
    address private target;
    bytes private data;
    bytes public lastAnswer;
    bool public lastSuccess;

    function attack(address target_, bytes calldata data_) external {
        (target, data) = (target_, data_);
    }

    function _update(address from, address to, uint256 value) internal override {
        super._update(from, to, value);
        // solhint-disable-next-line avoid-low-level-calls
        if (target != address(0)) (lastSuccess, lastAnswer) = target.call(data);
    }
}

/// @notice Burns all gas it is given, or answers with more than anyone wants to read.
contract WastefulToken is MintableToken {
    bool public floods;
    bool public wastes;

    function behave(bool wastes_, bool floods_) external {
        (wastes, floods) = (wastes_, floods_);
    }

    function transfer(address to, uint256 value) public override returns (bool) {
        if (wastes) {
            uint256 sum;
            while (true) sum += gasleft();
        }
        if (floods) {
            bytes memory flood = new bytes(50_000);
            revert(string(flood));
        }
        return super.transfer(to, value);
    }
}

/// @notice Moves nothing while it is paused.
contract PausableToken is MintableToken {
    bool public paused;

    function pause(bool value) external {
        paused = value;
    }

    function _update(address from, address to, uint256 value) internal override {
        require(!paused, "paused");
        super._update(from, to, value);
    }
}

/// @notice Moves nothing, and answers false or true all the same.
contract IdleToken is MintableToken {
    bool private immutable ANSWER;

    constructor(bool answer) {
        ANSWER = answer;
    }

    function transferFrom(address, address, uint256) public view override returns (bool) {
        return ANSWER;
    }
}

/// @notice Takes from every holder when its issuer says so.
contract RebasingToken is MintableToken {
    uint256 private percent = 100;

    function rebase(uint256 percent_) external {
        percent = percent_;
    }

    function balanceOf(address account) public view override returns (uint256) {
        return super.balanceOf(account) * percent / 100;
    }

    function _update(address from, address to, uint256 value) internal override {
        super._update(from, to, value * 100 / percent);
    }
}
