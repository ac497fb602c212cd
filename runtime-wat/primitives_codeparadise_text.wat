;; CpSystemPlugin, what CodeParadise's images ask of their host about strings, symbols and numbers. Strings are byte objects
;; or, with code points of 256 and more, word objects of the class WideString.

;; The number of characters; -1 for what is no string.
(func $text_size (param $text eqref) (result i32)
  (drop (block $other (result eqref)
    (return (array.len (struct.get $ByteObject $bytes
      (br_on_cast_fail $other eqref (ref $ByteObject) (local.get $text)))))))
  (drop (block $other (result eqref)
    (return (array.len (struct.get $WordObject $words
      (br_on_cast_fail $other eqref (ref $WordObject) (local.get $text)))))))
  (i32.const -1))

(func $text_at (param $text eqref) (param $index i32) (result i32)
  (drop (block $wide (result eqref)
    (return (array.get_u $Bytes (struct.get $ByteObject $bytes
      (br_on_cast_fail $wide eqref (ref $ByteObject) (local.get $text))) (local.get $index)))))
  (array.get $Words (struct.get $WordObject $words (ref.cast (ref $WordObject) (local.get $text))) (local.get $index)))

(func $are_texts (param $one eqref) (param $other eqref) (result i32)
  (i32.and (i32.ge_s (call $text_size (local.get $one)) (i32.const 0))
    (i32.ge_s (call $text_size (local.get $other)) (i32.const 0))))

;; A string for so many characters: wide as $model is, if there has to be a wide one.
(func $new_text (param $model eqref) (param $wide i32) (param $size i32) (result eqref)
  (if (local.get $wide)
    (then (return (struct.new $WordObject (call $class_index_of (local.get $model)) (i32.const 0)
      (array.new_default $Words (local.get $size))))))
  (return_call $new_string (local.get $size)))

;; Copies characters $from .. $to - 1; they fit.
(func $copy_text (param $target eqref) (param $at i32) (param $text eqref) (param $from i32) (param $to i32)
  (block $done
    (loop $next
      (br_if $done (i32.ge_s (local.get $from) (local.get $to)))
      (drop (call $store_number (local.get $target) (local.get $at) (call $text_at (local.get $text) (local.get $from))))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (local.set $from (i32.add (local.get $from) (i32.const 1)))
      (br $next))))

(func $text_part (param $text eqref) (param $from i32) (param $to i32) (result eqref)
  (local $i i32) (local $wide i32) (local $part eqref)
  (local.set $i (local.get $from))
  (block $done
    (loop $next
      (br_if $done (i32.ge_s (local.get $i) (local.get $to)))
      (local.set $wide (i32.or (local.get $wide)
        (i32.gt_u (call $text_at (local.get $text) (local.get $i)) (i32.const 255))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br $next)))
  (local.set $part (call $new_text (local.get $text) (local.get $wide) (i32.sub (local.get $to) (local.get $from))))
  (call $copy_text (local.get $part) (i32.const 0) (local.get $text) (local.get $from) (local.get $to))
  (local.get $part))

(func $primitive_CpSystemPlugin_primitiveStringConcatenate: (param $receiver eqref) (param $other eqref) (param $depth i32)
    (result eqref)
  (local $first i32) (local $second i32) (local $whole eqref)
  (if (i32.eqz (call $are_texts (local.get $receiver) (local.get $other))) (then (return (global.get $failed))))
  (local.set $first (call $text_size (local.get $receiver)))
  (local.set $second (call $text_size (local.get $other)))
  (local.set $whole (call $new_text
    (select (result eqref) (local.get $receiver) (local.get $other) (ref.test (ref $WordObject) (local.get $receiver)))
    (i32.or (ref.test (ref $WordObject) (local.get $receiver)) (ref.test (ref $WordObject) (local.get $other)))
    (i32.add (local.get $first) (local.get $second))))
  (call $copy_text (local.get $whole) (i32.const 0) (local.get $receiver) (i32.const 0) (local.get $first))
  (call $copy_text (local.get $whole) (local.get $first) (local.get $other) (i32.const 0) (local.get $second))
  (local.get $whole))

;; < 0, 0, > 0: by code points, then by length
(func $compare_texts (param $one eqref) (param $other eqref) (result i32)
  (local $i i32) (local $difference i32)
  (loop $next
    (if (i32.or (i32.eq (local.get $i) (call $text_size (local.get $one)))
          (i32.eq (local.get $i) (call $text_size (local.get $other))))
      (then (return (i32.sub (call $text_size (local.get $one)) (call $text_size (local.get $other))))))
    (local.set $difference (i32.sub (call $text_at (local.get $one) (local.get $i))
      (call $text_at (local.get $other) (local.get $i))))
    (if (local.get $difference) (then (return (local.get $difference))))
    (local.set $i (i32.add (local.get $i) (i32.const 1)))
    (br $next))
  (unreachable))

;; 1 before, 2 equal, 3 after
(func $primitive_CpSystemPlugin_primitiveStringAsciiCompare: (param $receiver eqref) (param $other eqref) (param $depth i32)
    (result eqref)
  (local $order i32)
  (if (i32.eqz (call $are_texts (local.get $receiver) (local.get $other))) (then (return (global.get $failed))))
  (local.set $order (call $compare_texts (local.get $receiver) (local.get $other)))
  (ref.i31 (i32.add (i32.const 2)
    (i32.sub (i32.gt_s (local.get $order) (i32.const 0)) (i32.lt_s (local.get $order) (i32.const 0))))))

;; Characters that change into one that the string cannot hold stay as they are.
(func $with_case (param $text eqref) (param $upper i32) (result eqref)
  (local $copy eqref) (local $i i32)
  (if (i32.lt_s (call $text_size (local.get $text)) (i32.const 0)) (then (return (global.get $failed))))
  (local.set $copy (call $shallow_copy (local.get $text)))
  (block $done
    (loop $next
      (br_if $done (i32.ge_s (local.get $i) (call $text_size (local.get $text))))
      (drop (call $store_number (local.get $copy) (local.get $i)
        (call $host_change_case (call $text_at (local.get $text) (local.get $i)) (local.get $upper))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br $next)))
  (local.get $copy))

(func $primitive_CpSystemPlugin_primitiveStringAsUppercase (param $receiver eqref) (param $depth i32) (result eqref)
  (return_call $with_case (local.get $receiver) (i32.const 1)))

(func $primitive_CpSystemPlugin_primitiveStringAsLowercase (param $receiver eqref) (param $depth i32) (result eqref)
  (return_call $with_case (local.get $receiver) (i32.const 0)))

;; The position of a code point from $from on; the size when it is not there.
(func $position_in (param $text eqref) (param $code i32) (param $from i32) (result i32)
  (block $done
    (loop $next
      (br_if $done (i32.ge_s (local.get $from) (call $text_size (local.get $text))))
      (br_if $done (i32.eq (call $text_at (local.get $text) (local.get $from)) (local.get $code)))
      (local.set $from (i32.add (local.get $from) (i32.const 1)))
      (br $next)))
  (local.get $from))

;; From $from on the first character that is (or, with $wanted 0, is not) one of the delimiters.
(func $delimiter_position (param $text eqref) (param $delimiters eqref) (param $from i32) (param $wanted i32) (result i32)
  (block $done
    (loop $next
      (br_if $done (i32.ge_s (local.get $from) (call $text_size (local.get $text))))
      (br_if $done (i32.eq (local.get $wanted) (i32.ne (call $text_size (local.get $delimiters))
        (call $position_in (local.get $delimiters) (call $text_at (local.get $text) (local.get $from)) (i32.const 0)))))
      (local.set $from (i32.add (local.get $from) (i32.const 1)))
      (br $next)))
  (local.get $from))

;; The parts between delimiters, counted first.
(func $primitive_CpSystemPlugin_primitiveStringFindTokens: (param $receiver eqref) (param $delimiters eqref) (param $depth i32)
    (result eqref)
  (local $tokens (ref $Slots)) (local $count i32) (local $start i32) (local $end i32) (local $pass i32)
  (if (i32.eqz (call $are_texts (local.get $receiver) (local.get $delimiters))) (then (return (global.get $failed))))
  (local.set $tokens (global.get $empty_slots))
  (loop $again
    (local.set $end (i32.const 0))
    (local.set $count (i32.const 0))
    (block $done
      (loop $next
        (local.set $start (call $delimiter_position (local.get $receiver) (local.get $delimiters) (local.get $end) (i32.const 0)))
        (br_if $done (i32.eq (local.get $start) (call $text_size (local.get $receiver))))
        (local.set $end (call $delimiter_position (local.get $receiver) (local.get $delimiters) (local.get $start) (i32.const 1)))
        (if (local.get $pass)
          (then (array.set $Slots (local.get $tokens) (local.get $count)
            (call $text_part (local.get $receiver) (local.get $start) (local.get $end)))))
        (local.set $count (i32.add (local.get $count) (i32.const 1)))
        (br $next)))
    (if (i32.eqz (local.get $pass))
      (then
        (local.set $pass (i32.const 1))
        (local.set $tokens (array.new_default $Slots (local.get $count)))
        (br $again))))
  (call $new_array_with (local.get $tokens)))

;; 1-based; 0 where it is not, or what is looked for is no Character
(func $primitive_CpSystemPlugin_primitiveStringIndexOf: (param $receiver eqref) (param $character eqref) (param $depth i32)
    (result eqref)
  (local $at i32)
  (if (i32.lt_s (call $text_size (local.get $receiver)) (i32.const 0)) (then (return (global.get $failed))))
  (drop (block $other (result eqref)
    (local.set $at (call $position_in (local.get $receiver) (struct.get $Character $codePoint
      (br_on_cast_fail $other eqref (ref $Character) (local.get $character))) (i32.const 0)))
    (if (i32.lt_s (local.get $at) (call $text_size (local.get $receiver)))
      (then (return (ref.i31 (i32.add (local.get $at) (i32.const 1))))))
    (ref.null eq)))
  (ref.i31 (i32.const 0)))

(func $primitive_CpSystemPlugin_primitiveStringIncludesSubstring: (param $receiver eqref) (param $part eqref)
    (param $depth i32) (result eqref)
  (local $at i32) (local $i i32)
  (if (i32.eqz (call $are_texts (local.get $receiver) (local.get $part))) (then (return (global.get $failed))))
  (block $missing
    (loop $next
      (br_if $missing (i32.gt_s (i32.add (local.get $at) (call $text_size (local.get $part))) (call $text_size (local.get $receiver))))
      (local.set $i (i32.const 0))
      (block $different
        (loop $same
          (if (i32.eq (local.get $i) (call $text_size (local.get $part))) (then (return (global.get $true))))
          (br_if $different (i32.ne (call $text_at (local.get $part) (local.get $i))
            (call $text_at (local.get $receiver) (i32.add (local.get $at) (local.get $i)))))
          (local.set $i (i32.add (local.get $i) (i32.const 1)))
          (br $same)))
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br $next)))
  (global.get $false))

;; The hash that Squeak's strings have, from the initial value that the class ByteString gives it.
(func $text_hash (param $text eqref) (result i32)
  (local $hash i32) (local $low i32) (local $i i32)
  (local.set $hash (i32.const 0x3400))
  (block $done
    (loop $next
      (br_if $done (i32.ge_s (local.get $i) (call $text_size (local.get $text))))
      (local.set $hash (i32.add (local.get $hash) (call $text_at (local.get $text) (local.get $i))))
      (local.set $low (i32.and (local.get $hash) (i32.const 0x3FFF)))
      (local.set $hash (i32.and (i32.const 0xFFFFFFF) (i32.add (i32.mul (i32.const 0x260D) (local.get $low))
        (i32.shl (i32.and (i32.const 0x3FFF) (i32.add (i32.mul (i32.const 0x260D) (i32.shr_u (local.get $hash) (i32.const 14)))
          (i32.mul (i32.const 0x65) (local.get $low)))) (i32.const 14)))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br $next)))
  (local.get $hash))

(func $primitive_CpSystemPlugin_primitiveStringHash (param $receiver eqref) (param $depth i32) (result eqref)
  (if (i32.lt_s (call $text_size (local.get $receiver)) (i32.const 0)) (then (return (global.get $failed))))
  (ref.i31 (call $text_hash (local.get $receiver))))

;; White space as JavaScript's trim() has it.
(func $is_blank (param $code i32) (result i32)
  (if (i32.le_u (i32.sub (local.get $code) (i32.const 9)) (i32.const 4)) (then (return (i32.const 1))))
  (if (i32.le_u (i32.sub (local.get $code) (i32.const 0x2000)) (i32.const 10)) (then (return (i32.const 1))))
  (if (i32.or (i32.eq (local.get $code) (i32.const 32)) (i32.eq (local.get $code) (i32.const 160))) (then (return (i32.const 1))))
  (if (i32.or (i32.eq (local.get $code) (i32.const 0x1680)) (i32.eq (i32.and (local.get $code) (i32.const -2)) (i32.const 0x2028)))
    (then (return (i32.const 1))))
  (if (i32.or (i32.eq (local.get $code) (i32.const 0x202F)) (i32.eq (local.get $code) (i32.const 0x205F)))
    (then (return (i32.const 1))))
  (i32.or (i32.eq (local.get $code) (i32.const 0x3000)) (i32.eq (local.get $code) (i32.const 0xFEFF))))

;; $sides: 1 left, 2 right
(func $trimmed (param $text eqref) (param $sides i32) (result eqref)
  (local $from i32) (local $to i32)
  (local.set $to (call $text_size (local.get $text)))
  (if (i32.lt_s (local.get $to) (i32.const 0)) (then (return (global.get $failed))))
  (block $done
    (loop $next
      (br_if $done (i32.or (i32.eqz (i32.and (local.get $sides) (i32.const 1))) (i32.eq (local.get $from) (local.get $to))))
      (br_if $done (i32.eqz (call $is_blank (call $text_at (local.get $text) (local.get $from)))))
      (local.set $from (i32.add (local.get $from) (i32.const 1)))
      (br $next)))
  (block $done
    (loop $next
      (br_if $done (i32.or (i32.eqz (i32.and (local.get $sides) (i32.const 2))) (i32.eq (local.get $from) (local.get $to))))
      (br_if $done (i32.eqz (call $is_blank (call $text_at (local.get $text) (i32.sub (local.get $to) (i32.const 1))))))
      (local.set $to (i32.sub (local.get $to) (i32.const 1)))
      (br $next)))
  (return_call $text_part (local.get $text) (local.get $from) (local.get $to)))

(func $primitive_CpSystemPlugin_primitiveStringTrim (param $receiver eqref) (param $depth i32) (result eqref)
  (return_call $trimmed (local.get $receiver) (i32.const 3)))

(func $primitive_CpSystemPlugin_primitiveStringTrimLeft (param $receiver eqref) (param $depth i32) (result eqref)
  (return_call $trimmed (local.get $receiver) (i32.const 1)))

(func $primitive_CpSystemPlugin_primitiveStringTrimRight (param $receiver eqref) (param $depth i32) (result eqref)
  (return_call $trimmed (local.get $receiver) (i32.const 2)))

;; An instance of the receiving class with these characters.
(func $text_of_class (param $class eqref) (param $text eqref) (result eqref)
  (local $copy eqref) (local $size i32)
  (local.set $size (call $text_size (local.get $text)))
  (if (i32.lt_s (local.get $size) (i32.const 0)) (then (return (global.get $failed))))
  (local.set $copy (call $new_instance (local.get $class) (local.get $size)))
  (if (i32.ne (call $text_size (local.get $copy)) (local.get $size)) (then (return (global.get $failed))))
  (call $copy_text (local.get $copy) (i32.const 0) (local.get $text) (i32.const 0) (local.get $size))
  (local.get $copy))

(func $primitive_CpSystemPlugin_primitiveStringFromWordArray: (param $receiver eqref) (param $words eqref) (param $depth i32)
    (result eqref)
  (return_call $text_of_class (local.get $receiver) (local.get $words)))

(func $primitive_CpSystemPlugin_primitiveWideStringFrom: (param $receiver eqref) (param $text eqref) (param $depth i32)
    (result eqref)
  (return_call $text_of_class (local.get $receiver) (local.get $text)))

;; --- symbols: a table with open addressing, at most half full ---

(global $symbol_table (mut (ref $Slots)) (array.new_default $Slots (i32.const 4096)))
(global $symbol_count (mut i32) (i32.const 0))

(func $symbol_position (param $text eqref) (result i32)
  (local $at i32) (local $mask i32)
  (local.set $mask (i32.sub (array.len (global.get $symbol_table)) (i32.const 1)))
  (local.set $at (i32.and (call $text_hash (local.get $text)) (local.get $mask)))
  (block $found
    (loop $next
      (br_if $found (ref.is_null (array.get $Slots (global.get $symbol_table) (local.get $at))))
      (br_if $found (i32.eqz (call $compare_texts (local.get $text)
        (array.get $Slots (global.get $symbol_table) (local.get $at)))))
      (local.set $at (i32.and (i32.add (local.get $at) (i32.const 1)) (local.get $mask)))
      (br $next)))
  (local.get $at))

(func $register_symbol (param $symbol eqref)
  (array.set $Slots (global.get $symbol_table) (call $symbol_position (local.get $symbol)) (local.get $symbol))
  (global.set $symbol_count (i32.add (global.get $symbol_count) (i32.const 1)))
  (if (i32.gt_u (i32.shl (global.get $symbol_count) (i32.const 1)) (array.len (global.get $symbol_table)))
    (then (call $grow_symbol_table (global.get $symbol_table)))))

(func $grow_symbol_table (param $old (ref $Slots))
  (local $i i32) (local $symbol eqref)
  (global.set $symbol_table (array.new_default $Slots (i32.shl (array.len (local.get $old)) (i32.const 1))))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $i) (array.len (local.get $old))))
      (local.set $symbol (array.get $Slots (local.get $old) (local.get $i)))
      (if (i32.eqz (ref.is_null (local.get $symbol)))
        (then (array.set $Slots (global.get $symbol_table) (call $symbol_position (local.get $symbol)) (local.get $symbol))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br $next))))

(func $primitive_CpSystemPlugin_primitiveSymbolRegister: (param $receiver eqref) (param $symbol eqref) (param $depth i32)
    (result eqref)
  (if (i32.lt_s (call $text_size (local.get $symbol)) (i32.const 0)) (then (return (global.get $failed))))
  (if (i32.eqz (ref.is_null (array.get $Slots (global.get $symbol_table) (call $symbol_position (local.get $symbol)))))
    (then (return (global.get $failed))))
  (call $register_symbol (local.get $symbol))
  (local.get $receiver))

;; The one Symbol with these characters; the receiver is the class Symbol.
(func $primitive_CpSystemPlugin_primitiveSymbolFromString: (param $receiver eqref) (param $text eqref) (param $depth i32)
    (result eqref)
  (local $symbol eqref)
  (if (i32.lt_s (call $text_size (local.get $text)) (i32.const 0)) (then (return (global.get $failed))))
  (local.set $symbol (array.get $Slots (global.get $symbol_table) (call $symbol_position (local.get $text))))
  (if (i32.eqz (ref.is_null (local.get $symbol))) (then (return (local.get $symbol))))
  (local.set $symbol (call $text_of_class (local.get $receiver) (local.get $text)))
  (if (i32.lt_s (call $text_size (local.get $symbol)) (i32.const 0)) (then (return (global.get $failed))))
  (call $register_symbol (local.get $symbol))
  (local.get $symbol))

(func $primitive_CpSystemPlugin_primitiveSymbolEquals: (param $receiver eqref) (param $other eqref) (param $depth i32)
    (result eqref)
  (if (ref.eq (local.get $receiver) (local.get $other)) (then (return (global.get $true))))
  (if (i32.eqz (call $are_texts (local.get $receiver) (local.get $other))) (then (return (global.get $false))))
  (return_call $as_bool (i32.eqz (call $compare_texts (local.get $receiver) (local.get $other)))))

;; 1 letter, 2 digit or colon, 4 of a binary selector
(func $selector_character_kind (param $code i32) (result i32)
  (if (i32.le_u (i32.sub (i32.or (local.get $code) (i32.const 32)) (i32.const 97)) (i32.const 25)) (then (return (i32.const 1))))
  (if (i32.le_u (i32.sub (local.get $code) (i32.const 48)) (i32.const 10)) (then (return (i32.const 2))))
  (if (i32.le_u (i32.sub (local.get $code) (i32.const 32)) (i32.const 31))
    ;; ! % & * + , - / < = > ? of the characters 32 to 63
    (then (return (i32.and (i32.const 4) (i32.shl (i32.shr_u (i32.const 0xF000BC62) (i32.sub (local.get $code) (i32.const 32)))
      (i32.const 2))))))
  (if (i32.or (i32.eq (local.get $code) (i32.const 64)) (i32.or (i32.eq (local.get $code) (i32.const 92))
        (i32.or (i32.eq (local.get $code) (i32.const 96)) (i32.eq (local.get $code) (i32.const 124)))))
    (then (return (i32.const 4))))
  (if (i32.or (i32.eq (local.get $code) (i32.const 215)) (i32.eq (local.get $code) (i32.const 247)))
    (then (return (i32.const 4))))
  (if (i32.or (i32.eq (local.get $code) (i32.const 170)) (i32.or (i32.eq (local.get $code) (i32.const 181))
        (i32.eq (local.get $code) (i32.const 186))))
    (then (return (i32.const 0))))
  (i32.shl (i32.le_u (i32.sub (local.get $code) (i32.const 126)) (i32.const 65)) (i32.const 2)))

;; Whether a Symbol can be written as a literal without quotes.
(func $primitive_CpSystemPlugin_primitiveSymbolIsLiteralSymbol (param $receiver eqref) (param $depth i32) (result eqref)
  (local $i i32) (local $allowed i32)
  (if (i32.le_s (call $text_size (local.get $receiver)) (i32.const 0)) (then (return (global.get $false))))
  (local.set $allowed (i32.and (i32.const 5) (call $selector_character_kind (call $text_at (local.get $receiver) (i32.const 0)))))
  (if (i32.eqz (local.get $allowed)) (then (return (global.get $false))))
  (if (i32.eq (local.get $allowed) (i32.const 1)) (then (local.set $allowed (i32.const 3))))
  (loop $next
    (if (i32.eqz (i32.and (local.get $allowed)
          (call $selector_character_kind (call $text_at (local.get $receiver) (local.get $i)))))
      (then (return (global.get $false))))
    (br_if $next (i32.lt_s (local.tee $i (i32.add (local.get $i) (i32.const 1))) (call $text_size (local.get $receiver)))))
  (global.get $true))
