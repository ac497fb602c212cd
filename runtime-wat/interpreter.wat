;; The bytecode interpreter: runs any Context from any pc. Calls of translated code leave this function natively; interpreted
;; activations stay in its loop.
;;
;; One function for both bytecode sets. $set, 0 for V3PlusClosures and 256 for SistaV1 (the sign of the method header), is
;; added to each bytecode before the one branch: an addition per bytecode, less than two functions would cost that call
;; each other wherever a method of one set sends to one of the other; and what the sets share is written once.
;;
;; Registers: $pc the next byte, $sp the number of live entries of $slots, $at the pc of the current bytecode (its first
;; prefix in SistaV1). They are written back to the Context before anything that may look at it.

(func $interpret (param $context (ref $Context)) (param $depth i32) (result eqref)
  (local $method (ref $CompiledMethod)) (local $bytes (ref $Bytes)) (local $literals (ref $Slots))
  (local $slots (ref $Slots)) (local $receiver eqref) (local $pc i32) (local $sp i32) (local $at i32)
  (local $byte i32) (local $second i32) (local $index i32) (local $value eqref) (local $offset i32) (local $sense i32)
  (local $selector i32) (local $count i32) (local $base i32) (local $start i32) (local $target eqref) (local $found eqref)
  (local $callee (ref null $CompiledMethod)) (local $closure (ref null $BlockClosure)) (local $other (ref null $Context))
  (local $left eqref) (local $right eqref) (local $a i32) (local $b i32) (local $number i64)
  (local $frame (ref null $Slots)) (local $set i32) (local $third i32)
  (local $extend_a i32) (local $extend_b i32) (local $extended_b i32)
;;@if INSTRUMENTED
  (local $profile (ref null $MethodProfile))
;;@endif
  (local.set $start (i32.const -1))
  (loop $fetch
;;@if RECORDED
    (call $note_interpreted (local.get $context) (local.get $depth))
;;@endif
    (local.set $method (struct.get $Context $method (local.get $context)))
    (local.set $bytes (struct.get $CompiledMethod $bytes (local.get $method)))
    (local.set $set (i32.and (i32.const 256)
      (i32.shr_s (struct.get $CompiledMethod $methodHeader (local.get $method)) (i32.const 31))))
    (local.set $literals (struct.get $CompiledMethod $literals (local.get $method)))
    (local.set $slots (struct.get $Context $slots (local.get $context)))
    (if (i32.lt_u (array.len (local.get $slots)) (struct.get $CompiledMethod $frameSize (local.get $method)))
      (then (local.set $slots (call $interpretable_slots (local.get $context)))))
    (local.set $receiver (struct.get $Context $receiver (local.get $context)))
    (local.set $pc (struct.get $Context $pc (local.get $context)))
    (local.set $sp (struct.get $Context $sp (local.get $context)))
;;@if INSTRUMENTED
    (local.set $profile (call $profile_of (local.get $method)))
;;@endif
    (loop $next
      (block $push
      (block $capture
      (block $check
      (block $enter
      (block $result
      (block $activate
      (block $activate_block
      (block $send
      (block $literal_send
      (block $super_send
      (block $special
      (block $store
      (block $cannot_return
      (block $return_local
      (block $return
      (block $back_jump
      (block $condition
        (local.set $at (local.get $pc))
;;@if INSTRUMENTED
        ;; SistaV1's nop counts no more than in translated code
        (call $count_interpreted (local.get $profile) (i32.ne (i32.const 351)
          (i32.or (local.get $set) (array.get_u $Bytes (local.get $bytes) (local.get $pc)))))
;;@endif
        (loop $dispatch
        (local.set $byte (i32.or (local.get $set) (array.get_u $Bytes (local.get $bytes) (local.get $pc))))
        (local.set $pc (i32.add (local.get $pc) (i32.const 1)))
        (block $unknown (block $sends (block $common (block $arithmetic
        (block $long_if_false (block $long_if_true (block $long_jump (block $if_false (block $jump
        (block $push_closure (block $pop_remote (block $store_remote (block $push_remote (block $call_primitive
        (block $push_array (block $this_context (block $dup (block $pop
        (block $second_send (block $single_super (block $double (block $single_send
        (block $extended_store (block $pop_extended (block $store_extended (block $push_extended
        (block $return_top_local (block $return_top (block $return_nil (block $return_false (block $return_true (block $return_self
        (block $push_small (block $push_nil (block $push_false (block $push_true (block $push_self
        (block $pop_temp (block $pop_variable
        (block $push_literal_variable (block $push_literal (block $push_temp (block $push_variable
        (block $sista_three (block $sista_two (block $sista_extend (block $sista_if_true (block $sista_sends
        (block $sista_not_identical (block $sista_nil_local (block $sista_this (block $sista_small (block $sista_literal_variable
          (br_table
            $push_variable $push_variable $push_variable $push_variable $push_variable $push_variable $push_variable $push_variable
            $push_variable $push_variable $push_variable $push_variable $push_variable $push_variable $push_variable $push_variable
            $push_temp $push_temp $push_temp $push_temp $push_temp $push_temp $push_temp $push_temp
            $push_temp $push_temp $push_temp $push_temp $push_temp $push_temp $push_temp $push_temp
            $push_literal $push_literal $push_literal $push_literal $push_literal $push_literal $push_literal $push_literal
            $push_literal $push_literal $push_literal $push_literal $push_literal $push_literal $push_literal $push_literal
            $push_literal $push_literal $push_literal $push_literal $push_literal $push_literal $push_literal $push_literal
            $push_literal $push_literal $push_literal $push_literal $push_literal $push_literal $push_literal $push_literal
            $push_literal_variable $push_literal_variable $push_literal_variable $push_literal_variable
            $push_literal_variable $push_literal_variable $push_literal_variable $push_literal_variable
            $push_literal_variable $push_literal_variable $push_literal_variable $push_literal_variable
            $push_literal_variable $push_literal_variable $push_literal_variable $push_literal_variable
            $push_literal_variable $push_literal_variable $push_literal_variable $push_literal_variable
            $push_literal_variable $push_literal_variable $push_literal_variable $push_literal_variable
            $push_literal_variable $push_literal_variable $push_literal_variable $push_literal_variable
            $push_literal_variable $push_literal_variable $push_literal_variable $push_literal_variable
            $pop_variable $pop_variable $pop_variable $pop_variable $pop_variable $pop_variable $pop_variable $pop_variable
            $pop_temp $pop_temp $pop_temp $pop_temp $pop_temp $pop_temp $pop_temp $pop_temp
            $push_self $push_true $push_false $push_nil $push_small $push_small $push_small $push_small
            $return_self $return_true $return_false $return_nil $return_top $return_top_local $unknown $unknown
            $push_extended $store_extended $pop_extended $single_send $double $single_super $second_send $pop
            $dup $this_context $push_array $call_primitive $push_remote $store_remote $pop_remote $push_closure
            $jump $jump $jump $jump $jump $jump $jump $jump
            $if_false $if_false $if_false $if_false $if_false $if_false $if_false $if_false
            $long_jump $long_jump $long_jump $long_jump $long_jump $long_jump $long_jump $long_jump
            $long_if_true $long_if_true $long_if_true $long_if_true $long_if_false $long_if_false $long_if_false $long_if_false
            $arithmetic $arithmetic $arithmetic $arithmetic $arithmetic $arithmetic $arithmetic $arithmetic
            $arithmetic $arithmetic $arithmetic $arithmetic $arithmetic $arithmetic $arithmetic $arithmetic
            $common $common $common $common $common $common $common $common
            $common $common $common $common $common $common $common $common
            $sends $sends $sends $sends $sends $sends $sends $sends
            $sends $sends $sends $sends $sends $sends $sends $sends
            $sends $sends $sends $sends $sends $sends $sends $sends
            $sends $sends $sends $sends $sends $sends $sends $sends
            $sends $sends $sends $sends $sends $sends $sends $sends
            $sends $sends $sends $sends $sends $sends $sends $sends
            ;; SistaV1
            $push_variable $push_variable $push_variable $push_variable $push_variable $push_variable $push_variable $push_variable
            $push_variable $push_variable $push_variable $push_variable $push_variable $push_variable $push_variable $push_variable
            $sista_literal_variable $sista_literal_variable $sista_literal_variable $sista_literal_variable $sista_literal_variable $sista_literal_variable $sista_literal_variable $sista_literal_variable
            $sista_literal_variable $sista_literal_variable $sista_literal_variable $sista_literal_variable $sista_literal_variable $sista_literal_variable $sista_literal_variable $sista_literal_variable
            $push_literal $push_literal $push_literal $push_literal $push_literal $push_literal $push_literal $push_literal
            $push_literal $push_literal $push_literal $push_literal $push_literal $push_literal $push_literal $push_literal
            $push_literal $push_literal $push_literal $push_literal $push_literal $push_literal $push_literal $push_literal
            $push_literal $push_literal $push_literal $push_literal $push_literal $push_literal $push_literal $push_literal
            $push_temp $push_temp $push_temp $push_temp $push_temp $push_temp $push_temp $push_temp
            $push_temp $push_temp $push_temp $push_temp $push_self $push_true $push_false $push_nil
            $sista_small $sista_small $sista_this $dup $unknown $unknown $unknown $unknown
            $return_self $return_true $return_false $return_nil $return_top $sista_nil_local $return_top_local $next
            $arithmetic $arithmetic $arithmetic $arithmetic $arithmetic $arithmetic $arithmetic $arithmetic
            $arithmetic $arithmetic $arithmetic $arithmetic $arithmetic $arithmetic $arithmetic $arithmetic
            $common $common $common $common $common $common $common $common
            $sista_not_identical $common $common $common $common $common $common $common
            $sista_sends $sista_sends $sista_sends $sista_sends $sista_sends $sista_sends $sista_sends $sista_sends
            $sista_sends $sista_sends $sista_sends $sista_sends $sista_sends $sista_sends $sista_sends $sista_sends
            $sista_sends $sista_sends $sista_sends $sista_sends $sista_sends $sista_sends $sista_sends $sista_sends
            $sista_sends $sista_sends $sista_sends $sista_sends $sista_sends $sista_sends $sista_sends $sista_sends
            $sista_sends $sista_sends $sista_sends $sista_sends $sista_sends $sista_sends $sista_sends $sista_sends
            $sista_sends $sista_sends $sista_sends $sista_sends $sista_sends $sista_sends $sista_sends $sista_sends
            $jump $jump $jump $jump $jump $jump $jump $jump
            $sista_if_true $sista_if_true $sista_if_true $sista_if_true $sista_if_true $sista_if_true $sista_if_true $sista_if_true
            $if_false $if_false $if_false $if_false $if_false $if_false $if_false $if_false
            $pop_variable $pop_variable $pop_variable $pop_variable $pop_variable $pop_variable $pop_variable $pop_variable
            $pop_temp $pop_temp $pop_temp $pop_temp $pop_temp $pop_temp $pop_temp $pop_temp
            $pop $unknown $unknown $unknown $unknown $unknown $unknown $unknown
            $sista_extend $sista_extend $sista_two $sista_two $sista_two $sista_two $sista_two $push_array
            $sista_two $sista_two $sista_two $sista_two $sista_two $sista_two $sista_two $sista_two
            $sista_two $sista_two $sista_two $sista_two $sista_two $sista_two $sista_two $sista_two
            $sista_three $sista_three $sista_three $push_remote $store_remote $pop_remote $unknown $unknown
            $unknown
            (local.get $byte)))

        ;; --- SistaV1; comments give the bytecode without the 256 ---

        ;; sista_literal_variable: 16-31
        (local.set $value (call $literal_variable
          (array.get $Slots (local.get $literals) (i32.and (local.get $byte) (i32.const 15)))))
        (br $push))

        ;; sista_small: 80, 81: 0 and 1
        (local.set $value (ref.i31 (i32.and (local.get $byte) (i32.const 1))))
        (br $push))

        ;; sista_this: 82, the process with extend B = 1
        (br_if $capture (local.get $depth))
        (local.set $value (local.get $context))
        (if (local.get $extend_b) (then (local.set $value (call $active_process))))
        (local.set $extend_b (i32.const 0))
        (local.set $extended_b (i32.const 0))
        (br $push))

        ;; sista_nil_local: 93
        (local.set $value (ref.null eq))
        (br $return_local))

        ;; sista_not_identical: 120
        (local.set $sp (i32.sub (local.get $sp) (i32.const 2)))
        (local.set $value (call $not_identical (local.get $slots) (local.get $sp)))
        (br $push))

        ;; sista_sends: 128-175
        (local.set $index (i32.and (local.get $byte) (i32.const 15)))
        (local.set $count (i32.sub (i32.shr_u (local.get $byte) (i32.const 4)) (i32.const 24)))
        (br $literal_send))

        ;; sista_if_true: 184-191
        (local.set $offset (i32.add (i32.and (local.get $byte) (i32.const 7)) (i32.const 1)))
        (local.set $sense (i32.const 1))
        (br $condition))

        ;; sista_extend: 224 A, 225 B. The first B is signed. $at stays at the first prefix.
        (local.set $second (array.get_u $Bytes (local.get $bytes) (local.get $pc)))
        (local.set $pc (i32.add (local.get $pc) (i32.const 1)))
        (if (i32.and (local.get $byte) (i32.const 1))
          (then
            (if (i32.eqz (local.get $extended_b)) (then (local.set $second (i32.extend8_s (local.get $second)))))
            (local.set $extend_b (i32.or (i32.shl (local.get $extend_b) (i32.const 8)) (local.get $second)))
            (local.set $extended_b (i32.const 1)))
          (else
            (local.set $extend_a (i32.or (i32.shl (local.get $extend_a) (i32.const 8)) (local.get $second)))))
        (br $dispatch))

        ;; sista_two: 226-247
        (local.set $second (array.get_u $Bytes (local.get $bytes) (local.get $pc)))
        (local.set $pc (i32.add (local.get $pc) (i32.const 1)))
        (local.set $index (i32.add (local.get $second) (i32.shl (local.get $extend_a) (i32.const 8))))
        (local.set $offset (i32.add (local.get $second) (i32.shl (local.get $extend_b) (i32.const 8))))
        (local.set $third (local.get $extend_b))
        (local.set $extend_a (i32.const 0))
        (local.set $extend_b (i32.const 0))
        (local.set $extended_b (i32.const 0))
        (block $store_temp (block $store_variable (block $store_field (block $pop_temp_long (block $pop_association
        (block $pop_field (block $if_false_long (block $if_true_long (block $jump_long (block $super_long (block $send_long
        (block $character (block $integer (block $temp (block $literal (block $variable (block $field
          (br_table $field $variable $literal $temp $unknown $unknown $integer $character $send_long $super_long $unknown
            $jump_long $if_true_long $if_false_long $pop_field $pop_association $pop_temp_long
            $store_field $store_variable $store_temp $unknown
            (i32.sub (local.get $byte) (i32.const 482))))
          (if (local.get $depth)
            (then (br_if $capture (call $needs_capture (local.get $receiver) (local.get $index)))))
          (local.set $value (call $slot_get (local.get $receiver) (local.get $index))) (br $push))
          (local.set $value (call $literal_variable (array.get $Slots (local.get $literals) (local.get $index)))) (br $push))
          (local.set $value (array.get $Slots (local.get $literals) (local.get $index))) (br $push))
          (local.set $value (array.get $Slots (local.get $slots) (local.get $second))) (br $push))
          (local.set $value (ref.i31 (local.get $offset))) (br $push))
          (local.set $value (call $character_for (local.get $offset))) (br $push))
          ;; send: five bits of selector, three of arguments, each continued in its extension
          (local.set $count (i32.add (i32.and (local.get $second) (i32.const 7))
            (i32.shl (local.get $third) (i32.const 3))))
          (local.set $index (i32.shr_u (local.get $index) (i32.const 3)))
          (br $literal_send))
          ;; super send; bit 6 of extend B: the class is on the stack
          (local.set $count (i32.add (i32.and (local.get $second) (i32.const 7))
            (i32.shl (i32.and (local.get $third) (i32.const 63)) (i32.const 3))))
          (local.set $index (i32.shr_u (local.get $index) (i32.const 3)))
          (br_if $super_send (i32.eqz (i32.and (local.get $third) (i32.const 64))))
          (local.set $sp (i32.sub (local.get $sp) (i32.const 1)))
          (local.set $start (call $ensure_class_index
            (call $slot_get (array.get $Slots (local.get $slots) (local.get $sp)) (i32.const 0))))
          (br $literal_send))
          (local.set $pc (i32.add (local.get $pc) (local.get $offset)))
          (br_if $next (i32.ge_s (local.get $offset) (i32.const 0)))
          (br $back_jump))
          (local.set $sense (i32.const 1)) (br $condition))
          (local.set $sense (i32.const 0)) (br $condition))
          (if (local.get $depth)
            (then (br_if $capture (call $store_needs_capture (local.get $receiver) (local.get $index)))))
          (local.set $sp (i32.sub (local.get $sp) (i32.const 1)))
          (local.set $value (array.get $Slots (local.get $slots) (local.get $sp)))
          (local.set $target (local.get $receiver))
          (br $store))
          (local.set $sp (i32.sub (local.get $sp) (i32.const 1)))
          (local.set $value (array.get $Slots (local.get $slots) (local.get $sp)))
          (local.set $target (array.get $Slots (local.get $literals) (local.get $index)))
          (local.set $index (i32.const 1))
          (br $store))
          (local.set $sp (i32.sub (local.get $sp) (i32.const 1)))
          (array.set $Slots (local.get $slots) (local.get $second) (array.get $Slots (local.get $slots) (local.get $sp)))
          (br $next))
          (if (local.get $depth)
            (then (br_if $capture (call $store_needs_capture (local.get $receiver) (local.get $index)))))
          (local.set $value (array.get $Slots (local.get $slots) (i32.sub (local.get $sp) (i32.const 1))))
          (local.set $target (local.get $receiver))
          (br $store))
          (local.set $value (array.get $Slots (local.get $slots) (i32.sub (local.get $sp) (i32.const 1))))
          (local.set $target (array.get $Slots (local.get $literals) (local.get $index)))
          (local.set $index (i32.const 1))
          (br $store))
        (array.set $Slots (local.get $slots) (local.get $second)
          (array.get $Slots (local.get $slots) (i32.sub (local.get $sp) (i32.const 1))))
        (br $next))

        ;; sista_three: 248 primitive, 249 full closure, 250 embedded closure
        (local.set $second (array.get_u $Bytes (local.get $bytes) (local.get $pc)))
        (local.set $third (array.get_u $Bytes (local.get $bytes) (i32.add (local.get $pc) (i32.const 1))))
        (local.set $pc (i32.add (local.get $pc) (i32.const 2)))
        (local.set $index (local.get $extend_a))
        (local.set $offset (i32.add (local.get $third) (i32.shl (local.get $extend_b) (i32.const 8))))
        (local.set $extend_a (i32.const 0))
        (local.set $extend_b (i32.const 0))
        (local.set $extended_b (i32.const 0))
        (block $embedded (block $full (block $primitive
          (br_table $primitive $full $embedded (i32.sub (local.get $byte) (i32.const 504))))
          ;; bit 7: an inlined primitive. The failure code goes to the temporary that a store next to it names.
          (br_if $unknown (i32.and (local.get $third) (i32.const 128)))
;;@if INSTRUMENTED
          (call $count_interpreted (local.get $profile) (i32.const -1))
;;@endif
          (if (i32.eqz (ref.is_null (global.get $failure_code)))
            (then
              (if (i32.eq (array.get_u $Bytes (local.get $bytes) (local.get $pc)) (i32.const 245))
                (then (array.set $Slots (local.get $slots) (i32.sub (local.get $sp) (i32.const 1)) (global.get $failure_code))))
              (global.set $failure_code (ref.null eq))))
          (br $next))
          ;; bit 6: without outer context; bit 7: the receiver stands below the copied values
          (local.set $index (i32.add (local.get $second) (i32.shl (local.get $index) (i32.const 8))))
          (local.set $count (i32.and (local.get $third) (i32.const 63)))
          (local.set $sp (i32.sub (local.get $sp) (local.get $count)))
          (local.set $frame (call $part_of (local.get $slots) (local.get $sp) (local.get $count)))
          (local.set $value (local.get $receiver))
          (if (i32.and (local.get $third) (i32.const 128))
            (then
              (local.set $sp (i32.sub (local.get $sp) (i32.const 1)))
              (local.set $value (array.get $Slots (local.get $slots) (local.get $sp)))))
          (local.set $value (call $make_full_closure
            (select (result eqref) (ref.null eq) (local.get $context) (i32.and (local.get $third) (i32.const 64)))
            (array.get $Slots (local.get $literals) (local.get $index)) (local.get $value)
            (ref.as_non_null (local.get $frame))))
          (br $push))
        ;; three bits each of arguments and copied values, continued in extend A
        (local.set $count (i32.add (i32.and (i32.shr_u (local.get $second) (i32.const 3)) (i32.const 7))
          (i32.shl (i32.shr_u (local.get $index) (i32.const 4)) (i32.const 3))))
        (local.set $sp (i32.sub (local.get $sp) (local.get $count)))
        (local.set $frame (call $part_of (local.get $slots) (local.get $sp) (local.get $count)))
        (local.set $value (call $make_closure (local.get $context) (local.get $pc)
          (i32.add (i32.and (local.get $second) (i32.const 7))
            (i32.shl (i32.and (local.get $index) (i32.const 15)) (i32.const 3)))
          (ref.as_non_null (local.get $frame)) (local.get $method)))
        (local.set $pc (i32.add (local.get $pc) (local.get $offset)))
        (br $push))

        ;; --- V3PlusClosures, and what both sets share ---

        ;; push_variable: 0-15
        (local.set $index (i32.and (local.get $byte) (i32.const 15)))
        (if (local.get $depth)
          (then (br_if $capture (call $needs_capture (local.get $receiver) (local.get $index)))))
        (local.set $value (call $slot_get (local.get $receiver) (local.get $index)))
        (br $push))

        ;; push_temp: 16-31
        (local.set $value (array.get $Slots (call $temporaries_of (local.get $context) (local.get $slots))
          (i32.and (local.get $byte) (i32.const 15))))
        (br $push))

        ;; push_literal: 32-63
        (local.set $value (array.get $Slots (local.get $literals) (i32.and (local.get $byte) (i32.const 31))))
        (br $push))

        ;; push_literal_variable: 64-95
        (local.set $value (call $literal_variable
          (array.get $Slots (local.get $literals) (i32.and (local.get $byte) (i32.const 31)))))
        (br $push))

        ;; pop_variable: 96-103
        (if (local.get $depth)
          (then (br_if $capture (call $store_needs_capture (local.get $receiver) (i32.and (local.get $byte) (i32.const 7))))))
        (local.set $sp (i32.sub (local.get $sp) (i32.const 1)))
        (local.set $value (array.get $Slots (local.get $slots) (local.get $sp)))
        (local.set $target (local.get $receiver))
        (local.set $index (i32.and (local.get $byte) (i32.const 7)))
        (br $store))

        ;; pop_temp: 104-111
        (local.set $sp (i32.sub (local.get $sp) (i32.const 1)))
        (array.set $Slots (call $temporaries_of (local.get $context) (local.get $slots)) (i32.and (local.get $byte) (i32.const 7))
          (array.get $Slots (local.get $slots) (local.get $sp)))
        (br $next))

        ;; 112-119: self true false nil -1 0 1 2
        (local.set $value (local.get $receiver)) (br $push))
        (local.set $value (global.get $true)) (br $push))
        (local.set $value (global.get $false)) (br $push))
        (local.set $value (ref.null eq)) (br $push))
        (local.set $value (ref.i31 (i32.sub (local.get $byte) (i32.const 117)))) (br $push))

        ;; 120-125: returns
        (local.set $value (local.get $receiver)) (br $return))
        (local.set $value (global.get $true)) (br $return))
        (local.set $value (global.get $false)) (br $return))
        (local.set $value (ref.null eq)) (br $return))
        (local.set $value (array.get $Slots (local.get $slots) (i32.sub (local.get $sp) (i32.const 1)))) (br $return))
        (local.set $value (array.get $Slots (local.get $slots) (i32.sub (local.get $sp) (i32.const 1)))) (br $return_local))

        ;; push_extended: 128
        (local.set $second (array.get_u $Bytes (local.get $bytes) (local.get $pc)))
        (local.set $pc (i32.add (local.get $pc) (i32.const 1)))
        (local.set $index (i32.and (local.get $second) (i32.const 63)))
        (block $variable (block $literal (block $temp (block $field
          (br_table $field $temp $literal $variable (i32.shr_u (local.get $second) (i32.const 6))))
          (if (local.get $depth)
            (then (br_if $capture (call $needs_capture (local.get $receiver) (local.get $index)))))
          (local.set $value (call $slot_get (local.get $receiver) (local.get $index))) (br $push))
          (local.set $value (array.get $Slots (call $temporaries_of (local.get $context) (local.get $slots)) (local.get $index)))
          (br $push))
          (local.set $value (array.get $Slots (local.get $literals) (local.get $index))) (br $push))
        (local.set $value (call $literal_variable (array.get $Slots (local.get $literals) (local.get $index))))
        (br $push))

        ;; store_extended: 129
        (if (local.get $depth)
          (then (br_if $capture (call $store_needs_capture (local.get $receiver)
            (array.get_u $Bytes (local.get $bytes) (local.get $pc))))))
        (local.set $value (array.get $Slots (local.get $slots) (i32.sub (local.get $sp) (i32.const 1))))
        (br $extended_store))

        ;; pop_extended: 130
        (if (local.get $depth)
          (then (br_if $capture (call $store_needs_capture (local.get $receiver)
            (array.get_u $Bytes (local.get $bytes) (local.get $pc))))))
        (local.set $sp (i32.sub (local.get $sp) (i32.const 1)))
        (local.set $value (array.get $Slots (local.get $slots) (local.get $sp))))

        ;; extended_store: $value, into what the next byte says
        (local.set $second (array.get_u $Bytes (local.get $bytes) (local.get $pc)))
        (local.set $pc (i32.add (local.get $pc) (i32.const 1)))
        (local.set $index (i32.and (local.get $second) (i32.const 63)))
        (local.set $target (local.get $receiver))
        (block $variable (block $literal (block $temp
          (br_table $store $temp $literal $variable (i32.shr_u (local.get $second) (i32.const 6))))
          (array.set $Slots (call $temporaries_of (local.get $context) (local.get $slots)) (local.get $index)
             (local.get $value))
          (br $next))
          (return_call $stop_interpreter (i32.const 6) (local.get $context) (local.get $at) (local.get $sp)
            (local.get $depth)))
        (local.set $target (array.get $Slots (local.get $literals) (local.get $index)))
        (local.set $index (i32.const 1))
        (br $store))

        ;; single_send: 131
        (local.set $second (array.get_u $Bytes (local.get $bytes) (local.get $pc)))
        (local.set $pc (i32.add (local.get $pc) (i32.const 1)))
        (local.set $index (i32.and (local.get $second) (i32.const 31)))
        (local.set $count (i32.shr_u (local.get $second) (i32.const 5)))
        (br $literal_send))

        ;; double: 132
        (local.set $second (array.get_u $Bytes (local.get $bytes) (local.get $pc)))
        (local.set $index (array.get_u $Bytes (local.get $bytes) (i32.add (local.get $pc) (i32.const 1))))
        (local.set $pc (i32.add (local.get $pc) (i32.const 2)))
        (local.set $count (i32.and (local.get $second) (i32.const 31)))
        (block $store_variable (block $pop_field (block $store_field (block $variable (block $literal (block $field
          (br_table $literal_send $super_send $field $literal $variable $store_field $pop_field $store_variable
            (i32.shr_u (local.get $second) (i32.const 5))))
          (if (local.get $depth)
            (then (br_if $capture (call $needs_capture (local.get $receiver) (local.get $index)))))
          (local.set $value (call $slot_get (local.get $receiver) (local.get $index))) (br $push))
          (local.set $value (array.get $Slots (local.get $literals) (local.get $index))) (br $push))
          (local.set $value (call $literal_variable (array.get $Slots (local.get $literals) (local.get $index)))) (br $push))
          (if (local.get $depth)
            (then (br_if $capture (call $store_needs_capture (local.get $receiver) (local.get $index)))))
          (local.set $value (array.get $Slots (local.get $slots) (i32.sub (local.get $sp) (i32.const 1))))
          (local.set $target (local.get $receiver))
          (br $store))
          (if (local.get $depth)
            (then (br_if $capture (call $store_needs_capture (local.get $receiver) (local.get $index)))))
          (local.set $sp (i32.sub (local.get $sp) (i32.const 1)))
          (local.set $value (array.get $Slots (local.get $slots) (local.get $sp)))
          (local.set $target (local.get $receiver))
          (br $store))
        (local.set $value (array.get $Slots (local.get $slots) (i32.sub (local.get $sp) (i32.const 1))))
        (local.set $target (array.get $Slots (local.get $literals) (local.get $index)))
        (local.set $index (i32.const 1))
        (br $store))

        ;; single_super: 133
        (local.set $second (array.get_u $Bytes (local.get $bytes) (local.get $pc)))
        (local.set $pc (i32.add (local.get $pc) (i32.const 1)))
        (local.set $index (i32.and (local.get $second) (i32.const 31)))
        (local.set $count (i32.shr_u (local.get $second) (i32.const 5)))
        (br $super_send))

        ;; second_send: 134
        (local.set $second (array.get_u $Bytes (local.get $bytes) (local.get $pc)))
        (local.set $pc (i32.add (local.get $pc) (i32.const 1)))
        (local.set $index (i32.and (local.get $second) (i32.const 63)))
        (local.set $count (i32.shr_u (local.get $second) (i32.const 6)))
        (br $literal_send))

        ;; pop: 135, dup: 136
        (local.set $sp (i32.sub (local.get $sp) (i32.const 1))) (br $next))
        (local.set $value (array.get $Slots (local.get $slots) (i32.sub (local.get $sp) (i32.const 1)))) (br $push))

        ;; this_context: 137
        (br_if $capture (local.get $depth))
        (struct.set $Context $pc (local.get $context) (local.get $pc))
        (struct.set $Context $sp (local.get $context) (local.get $sp))
        (local.set $value (local.get $context))
        (br $push))

        ;; push_array: 138
        (local.set $second (array.get_u $Bytes (local.get $bytes) (local.get $pc)))
        (local.set $pc (i32.add (local.get $pc) (i32.const 1)))
        (local.set $count (i32.and (local.get $second) (i32.const 127)))
        (if (i32.lt_u (local.get $second) (i32.const 128))
          (then
            (local.set $value (call $new_array_with (array.new_default $Slots (local.get $count))))
            (br $push)))
        (local.set $sp (i32.sub (local.get $sp) (local.get $count)))
        (local.set $value (call $array_of (local.get $slots) (local.get $sp) (local.get $count)))
        (br $push))

        ;; call_primitive: 139. Only its failure is left to report, in the temporary that a store next to it names.
;;@if INSTRUMENTED
        (call $count_interpreted (local.get $profile) (i32.const -1))
;;@endif
        (local.set $pc (i32.add (local.get $pc) (i32.const 2)))
        (if (i32.eqz (ref.is_null (global.get $failure_code)))
          (then
            (if (i32.eq (array.get_u $Bytes (local.get $bytes) (local.get $pc)) (i32.const 129))
              (then (array.set $Slots (local.get $slots) (i32.sub (local.get $sp) (i32.const 1)) (global.get $failure_code))))
            (global.set $failure_code (ref.null eq))))
        (br $next))

        ;; push_remote: 140
        (local.set $value (call $element_get
          (array.get $Slots (local.get $slots)
            (array.get_u $Bytes (local.get $bytes) (i32.add (local.get $pc) (i32.const 1))))
          (array.get_u $Bytes (local.get $bytes) (local.get $pc))))
        (local.set $pc (i32.add (local.get $pc) (i32.const 2)))
        (br $push))

        ;; store_remote: 141
        (call $element_put
          (array.get $Slots (local.get $slots)
            (array.get_u $Bytes (local.get $bytes) (i32.add (local.get $pc) (i32.const 1))))
          (array.get_u $Bytes (local.get $bytes) (local.get $pc))
          (array.get $Slots (local.get $slots) (i32.sub (local.get $sp) (i32.const 1))))
        (local.set $pc (i32.add (local.get $pc) (i32.const 2)))
        (br $next))

        ;; pop_remote: 142
        (local.set $sp (i32.sub (local.get $sp) (i32.const 1)))
        (call $element_put
          (array.get $Slots (local.get $slots)
            (array.get_u $Bytes (local.get $bytes) (i32.add (local.get $pc) (i32.const 1))))
          (array.get_u $Bytes (local.get $bytes) (local.get $pc))
          (array.get $Slots (local.get $slots) (local.get $sp)))
        (local.set $pc (i32.add (local.get $pc) (i32.const 2)))
        (br $next))

        ;; push_closure: 143, number of arguments and copied values, size in two bytes
        (local.set $second (array.get_u $Bytes (local.get $bytes) (local.get $pc)))
        (local.set $offset (i32.or
          (i32.shl (array.get_u $Bytes (local.get $bytes) (i32.add (local.get $pc) (i32.const 1))) (i32.const 8))
          (array.get_u $Bytes (local.get $bytes) (i32.add (local.get $pc) (i32.const 2)))))
        (local.set $pc (i32.add (local.get $pc) (i32.const 3)))
        (local.set $count (i32.shr_u (local.get $second) (i32.const 4)))
        (local.set $frame (global.get $empty_slots))
        (if (local.get $count)
          (then
            (local.set $sp (i32.sub (local.get $sp) (local.get $count)))
            (local.set $frame (array.new_default $Slots (local.get $count)))
            (array.copy $Slots $Slots (local.get $frame) (i32.const 0) (local.get $slots) (local.get $sp) (local.get $count))))
        (local.set $value (call $make_closure (local.get $context) (local.get $pc)
          (i32.and (local.get $second) (i32.const 15)) (ref.as_non_null (local.get $frame)) (local.get $method)))
        (local.set $pc (i32.add (local.get $pc) (local.get $offset)))
        (br $push))

        ;; jump: 144-151
        (local.set $pc (i32.add (local.get $pc) (i32.add (i32.and (local.get $byte) (i32.const 7)) (i32.const 1))))
        (br $next))

        ;; if_false: 152-159
        (local.set $offset (i32.add (i32.and (local.get $byte) (i32.const 7)) (i32.const 1)))
        (local.set $sense (i32.const 0))
        (br $condition))

        ;; long_jump: 160-167
        (local.set $offset (i32.add
          (i32.mul (i32.sub (i32.and (local.get $byte) (i32.const 7)) (i32.const 4)) (i32.const 256))
          (array.get_u $Bytes (local.get $bytes) (local.get $pc))))
        (local.set $pc (i32.add (local.get $pc) (i32.add (local.get $offset) (i32.const 1))))
        (br_if $next (i32.ge_s (local.get $offset) (i32.const 0)))
        (br $back_jump))

        ;; long_if_true: 168-171
        (local.set $offset (i32.add (i32.mul (i32.and (local.get $byte) (i32.const 3)) (i32.const 256))
          (array.get_u $Bytes (local.get $bytes) (local.get $pc))))
        (local.set $pc (i32.add (local.get $pc) (i32.const 1)))
        (local.set $sense (i32.const 1))
        (br $condition))

        ;; long_if_false: 172-175
        (local.set $offset (i32.add (i32.mul (i32.and (local.get $byte) (i32.const 3)) (i32.const 256))
          (array.get_u $Bytes (local.get $bytes) (local.get $pc))))
        (local.set $pc (i32.add (local.get $pc) (i32.const 1)))
        (local.set $sense (i32.const 0))
        (br $condition))

        ;; arithmetic: 176-191, + - < > <= >= = ~= * / \\ @ bitShift: // bitAnd: bitOr:
        (local.set $index (i32.and (local.get $byte) (i32.const 15)))
        (local.set $left (array.get $Slots (local.get $slots) (i32.sub (local.get $sp) (i32.const 2))))
        (local.set $right (array.get $Slots (local.get $slots) (i32.sub (local.get $sp) (i32.const 1))))
;;@if INSTRUMENTED
        (call $count_send (local.get $profile) (local.get $at)
          (array.get $Words (global.get $special_selector_ids) (local.get $index)) (local.get $left))
        (call $count_operation (local.get $profile) (local.get $at) (local.get $index) (local.get $left) (local.get $right))
;;@endif
        (block $slow
          (block $no_small (result eqref)
            (local.set $a (i31.get_s (br_on_cast_fail $no_small eqref (ref i31) (local.get $left))))
            (local.set $b (i31.get_s (br_on_cast_fail $no_small eqref (ref i31) (local.get $right))))
            (block $number (block $boolean
            (block $or (block $and (block $quotient (block $shift (block $modulo (block $divide (block $times
            (block $ne (block $eq (block $ge (block $le (block $gt (block $lt (block $minus (block $plus
              (br_table $plus $minus $lt $gt $le $ge $eq $ne $times $divide $modulo $slow $shift $quotient $and $or
                (local.get $index)))
              (local.set $number (i64.extend_i32_s (i32.add (local.get $a) (local.get $b)))) (br $number))
              (local.set $number (i64.extend_i32_s (i32.sub (local.get $a) (local.get $b)))) (br $number))
              (local.set $a (i32.lt_s (local.get $a) (local.get $b))) (br $boolean))
              (local.set $a (i32.gt_s (local.get $a) (local.get $b))) (br $boolean))
              (local.set $a (i32.le_s (local.get $a) (local.get $b))) (br $boolean))
              (local.set $a (i32.ge_s (local.get $a) (local.get $b))) (br $boolean))
              (local.set $a (i32.eq (local.get $a) (local.get $b))) (br $boolean))
              (local.set $a (i32.ne (local.get $a) (local.get $b))) (br $boolean))
              (local.set $number (i64.mul (i64.extend_i32_s (local.get $a)) (i64.extend_i32_s (local.get $b))))
              (br $number))
              (br_if $slow (i32.eqz (local.get $b)))
              (br_if $slow (i32.rem_s (local.get $a) (local.get $b)))
              (local.set $number (i64.extend_i32_s (i32.div_s (local.get $a) (local.get $b)))) (br $number))
              (br_if $slow (i32.eqz (local.get $b)))
              (local.set $number (i64.extend_i32_s (call $floored_remainder (local.get $a) (local.get $b)))) (br $number))
              (br_if $slow (i32.gt_s (local.get $b) (i32.const 31)))
              (if (i32.ge_s (local.get $b) (i32.const 0))
                (then (local.set $number (i64.shl (i64.extend_i32_s (local.get $a)) (i64.extend_i32_s (local.get $b)))))
                (else (local.set $number (i64.extend_i32_s (i32.shr_s (local.get $a)
                  (select (i32.const 31) (i32.sub (i32.const 0) (local.get $b))
                    (i32.lt_s (local.get $b) (i32.const -31))))))))
              (br $number))
              (br_if $slow (i32.eqz (local.get $b)))
              (local.set $number (i64.extend_i32_s (i32.div_s
                (i32.sub (local.get $a) (call $floored_remainder (local.get $a) (local.get $b))) (local.get $b))))
              (br $number))
              (local.set $number (i64.extend_i32_s (i32.and (local.get $a) (local.get $b)))) (br $number))
              (local.set $number (i64.extend_i32_s (i32.or (local.get $a) (local.get $b)))) (br $number))
            ;; boolean
            (local.set $sp (i32.sub (local.get $sp) (i32.const 1)))
            (array.set $Slots (local.get $slots) (i32.sub (local.get $sp) (i32.const 1))
              (select (result eqref) (global.get $true) (global.get $false) (local.get $a)))
            (br $next))
            ;; number
            (br_if $slow (i64.gt_u (i64.add (local.get $number) (i64.const 0x40000000)) (i64.const 0x7FFFFFFF)))
            (local.set $sp (i32.sub (local.get $sp) (i32.const 1)))
            (array.set $Slots (local.get $slots) (i32.sub (local.get $sp) (i32.const 1))
              (ref.i31 (i32.wrap_i64 (local.get $number))))
            (br $next))
          (drop)
          (local.set $value (call $float_operation (local.get $index) (local.get $left) (local.get $right)))
          (br_if $slow (ref.eq (local.get $value) (global.get $failed)))
          (local.set $sp (i32.sub (local.get $sp) (i32.const 2)))
          (br $push))
        (br $special))

        ;; common: 192-207, at: at:put: size next nextPut: atEnd == class ~~ (or blockCopy:) value value: do: new new: x y
        (local.set $index (i32.add (i32.and (local.get $byte) (i32.const 15)) (i32.const 16)))
;;@if INSTRUMENTED
        (call $count_common (local.get $profile) (local.get $at) (local.get $index) (local.get $slots) (local.get $sp))
;;@endif
        (block $evaluate (block $block_copy (block $class (block $identical (block $size (block $at_put (block $at_
          (br_table $at_ $at_put $size $special $special $special $identical $class $block_copy $evaluate $evaluate $special
            (i32.and (local.get $byte) (i32.const 15))))
          (local.set $value (call $quick_at
            (array.get $Slots (local.get $slots) (i32.sub (local.get $sp) (i32.const 2)))
            (array.get $Slots (local.get $slots) (i32.sub (local.get $sp) (i32.const 1)))))
          (br_if $special (ref.eq (local.get $value) (global.get $failed)))
          (local.set $sp (i32.sub (local.get $sp) (i32.const 2)))
          (br $push))
          (local.set $value (call $quick_at_put
            (array.get $Slots (local.get $slots) (i32.sub (local.get $sp) (i32.const 3)))
            (array.get $Slots (local.get $slots) (i32.sub (local.get $sp) (i32.const 2)))
            (array.get $Slots (local.get $slots) (i32.sub (local.get $sp) (i32.const 1)))))
          (br_if $special (ref.eq (local.get $value) (global.get $failed)))
          (local.set $sp (i32.sub (local.get $sp) (i32.const 3)))
          (br $push))
          (local.set $value (call $quick_size (array.get $Slots (local.get $slots) (i32.sub (local.get $sp) (i32.const 1)))))
          (br_if $special (ref.eq (local.get $value) (global.get $failed)))
          (local.set $sp (i32.sub (local.get $sp) (i32.const 1)))
          (br $push))
          (local.set $sp (i32.sub (local.get $sp) (i32.const 2)))
          (local.set $value (select (result eqref) (global.get $true) (global.get $false)
;;@if WORD64
            (call $identical (array.get $Slots (local.get $slots) (local.get $sp))
              (array.get $Slots (local.get $slots) (i32.add (local.get $sp) (i32.const 1))))))
;;@else
            (ref.eq (array.get $Slots (local.get $slots) (local.get $sp))
              (array.get $Slots (local.get $slots) (i32.add (local.get $sp) (i32.const 1))))))
;;@endif
          (br $push))
          (local.set $sp (i32.sub (local.get $sp) (i32.const 1)))
          (local.set $value (call $class_of (array.get $Slots (local.get $slots) (local.get $sp))))
          (br $push))
          ;; block_copy: that is ~~ where there are closures
          (if (i32.eqz (global.get $makes_block_contexts))
            (then
              (local.set $sp (i32.sub (local.get $sp) (i32.const 2)))
              (local.set $value (call $not_identical (local.get $slots) (local.get $sp)))
              (br $push)))
          ;; the block begins behind the jump of two bytes
          (local.set $value (call $copy_block
            (array.get $Slots (local.get $slots) (i32.sub (local.get $sp) (i32.const 2)))
            (array.get $Slots (local.get $slots) (i32.sub (local.get $sp) (i32.const 1)))
            (i32.add (local.get $pc) (i32.const 2))))
          (br_if $special (ref.is_null (local.get $value)))
          (local.set $sp (i32.sub (local.get $sp) (i32.const 2)))
          (br $push))
        ;; value and value: of a closure with as many arguments need no lookup
        (local.set $count (i32.sub (local.get $index) (i32.const 25)))
        (local.set $base (i32.sub (i32.sub (local.get $sp) (local.get $count)) (i32.const 1)))
        (block $no_closure (result eqref)
          (local.set $closure (br_on_cast_fail $no_closure eqref (ref $BlockClosure)
            (array.get $Slots (local.get $slots) (local.get $base))))
          (br_if $special (i32.ne (struct.get $BlockClosure $numArgs (local.get $closure)) (local.get $count)))
          (br_if $special (ref.is_null (struct.get $BlockClosure $outer (local.get $closure))))
          (struct.set $Context $pc (local.get $context) (local.get $pc))
          (struct.set $Context $sp (local.get $context) (local.get $base))
          (br $activate_block))
        (drop)
        (br $special))

        ;; sends: 208-255
        (local.set $index (i32.and (local.get $byte) (i32.const 15)))
        (local.set $count (i32.sub (i32.shr_u (local.get $byte) (i32.const 4)) (i32.const 13)))
        (br $literal_send))

        ;; unknown: the activation is told, at the pc of the bytecode itself
        (br_if $capture (local.get $depth))
        (local.set $target (call $special_object (i32.const 57)))
        (if (ref.is_null (local.get $target))
          (then (return_call $stop_interpreter (i32.const 1) (local.get $context) (local.get $at) (local.get $sp)
            (local.get $depth))))
        (local.set $selector (call $selector_id (local.get $target)))
        (local.set $pc (i32.sub (local.get $pc) (call $unknown_length (local.get $byte))))
        (struct.set $Context $pc (local.get $context) (local.get $pc))
        (local.set $slots (call $ensure_room (local.get $context) (local.get $sp) (i32.const 1)))
        (array.set $Slots (local.get $slots) (local.get $sp) (local.get $context))
        (local.set $sp (i32.add (local.get $sp) (i32.const 1)))
        (local.set $extend_a (i32.const 0))
        (local.set $extend_b (i32.const 0))
        (local.set $extended_b (i32.const 0))
        (local.set $count (i32.const 0))
        (br $send))
        (unreachable))

      ;; condition: $offset is taken when the popped Boolean is $sense
      (local.set $value (array.get $Slots (local.get $slots) (i32.sub (local.get $sp) (i32.const 1))))
;;@if INSTRUMENTED
      (if (i32.or (ref.eq (local.get $value) (global.get $true)) (ref.eq (local.get $value) (global.get $false)))
        (then (call $count_jump (local.get $profile) (local.get $at)
          (i32.eq (ref.eq (local.get $value) (global.get $true)) (local.get $sense)))))
;;@endif
      (if (ref.eq (local.get $value) (global.get $true))
        (then
          (local.set $sp (i32.sub (local.get $sp) (i32.const 1)))
          (local.set $pc (i32.add (local.get $pc) (select (local.get $offset) (i32.const 0) (local.get $sense))))
          (br $next)))
      (if (ref.eq (local.get $value) (global.get $false))
        (then
          (local.set $sp (i32.sub (local.get $sp) (i32.const 1)))
          (local.set $pc (i32.add (local.get $pc) (select (i32.const 0) (local.get $offset) (local.get $sense))))
          (br $next)))
      (local.set $selector (global.get $selector_must_be_boolean))
      (local.set $count (i32.const 0))
      (br $send))

      ;; back_jump: poll, or go on in translated code
      (global.set $countdown (i32.sub (global.get $countdown) (i32.const 1)))
      (if (i32.lt_s (global.get $countdown) (i32.const 0))
        (then
          (struct.set $Context $pc (local.get $context) (local.get $pc))
          (struct.set $Context $sp (local.get $context) (local.get $sp))
          (br $check)))
      (br_if $next (ref.is_null (struct.get $CompiledMethod $entries (local.get $method))))
      (local.set $index (call $loop_entry (local.get $method) (local.get $receiver) (local.get $pc)))
      (br_if $next (i32.eqz (local.get $index)))
      (struct.set $Context $pc (local.get $context) (local.get $pc))
      (struct.set $Context $sp (local.get $context) (local.get $sp))
      (call $note_interpreted (local.get $context) (local.get $depth))
      (local.set $value (call_ref $LoopEntry (local.get $context) (i32.add (local.get $depth) (i32.const 64))
        (ref.cast (ref $LoopEntry) (table.get $code (local.get $index)))))
      (if (ref.eq (local.get $value) (global.get $unwind))
        (then (return_call $capture_interpreter (local.get $context) (local.get $pc) (local.get $sp) (local.get $depth))))
      (br $return_local))

      ;; return: from the method; $value
      (if (ref.is_null (struct.get $Context $closure (local.get $context)))
        (then (br $return_local)))
      (block $through
        (block $found
          (br_table $found $cannot_return $capture $through
            (call $find_return (local.get $context) (local.get $depth))))
        (local.set $context (ref.as_non_null (global.get $return_home)))
        (global.set $return_home (ref.null $Context))
        (br $return_local))
      (struct.set $Context $pc (local.get $context) (local.get $pc))
      (local.set $slots (call $ensure_room (local.get $context) (local.get $sp) (i32.const 3)))
      (array.set $Slots (local.get $slots) (local.get $sp) (local.get $context))
      (array.set $Slots (local.get $slots) (i32.add (local.get $sp) (i32.const 1)) (local.get $value))
      (array.set $Slots (local.get $slots) (i32.add (local.get $sp) (i32.const 2)) (global.get $return_through))
      (global.set $return_through (ref.null $Context))
      (local.set $sp (i32.add (local.get $sp) (i32.const 3)))
      (local.set $selector (global.get $selector_about_to_return))
      (local.set $count (i32.const 2))
      (br $send))

      ;; return_local: $value to the sender
      (local.set $target (struct.get $Context $sender (local.get $context)))
      (block $no_context (result eqref)
        (local.set $other (br_on_cast_fail $no_context eqref (ref $Context) (local.get $target)))
        (br_if $cannot_return (i32.lt_s (struct.get $Context $pc (local.get $other)) (i32.const 0)))
        (struct.set $Context $pc (local.get $context) (i32.const -1))
        (struct.set $Context $sender (local.get $context) (ref.null eq))
        (local.set $context (ref.as_non_null (local.get $other)))
        (call $context_push (local.get $context) (local.get $value))
        (br $fetch))
      (drop)
      (br_if $cannot_return (i32.eqz (ref.eq (local.get $target) (global.get $native_sender))))
      (struct.set $Context $pc (local.get $context) (i32.const -1))
      (struct.set $Context $sender (local.get $context) (ref.null eq))
      (return (local.get $value)))

      ;; cannot_return: whoever resumes this activation makes it try again, with what cannotReturn: answered
      (br_if $capture (local.get $depth))
      (if (call $is_foreign_call (local.get $context))
        (then (return_call $finish_foreign_call (local.get $context) (local.get $value))))
      (local.set $pc (local.get $at))
      (local.set $slots (call $ensure_room (local.get $context) (local.get $sp) (i32.const 2)))
      (array.set $Slots (local.get $slots) (local.get $sp) (local.get $context))
      (array.set $Slots (local.get $slots) (i32.add (local.get $sp) (i32.const 1)) (local.get $value))
      (local.set $sp (i32.add (local.get $sp) (i32.const 2)))
      (local.set $selector (global.get $selector_cannot_return))
      (local.set $count (i32.const 1))
      (br $send))

      ;; store: $value into slot $index of $target. An immutable one is asked instead; what it answers is of no use, so its
      ;; method has to go on behind the store by itself.
      (if (i32.eqz (if (result i32) (global.get $immutability)
            (then (call $is_immutable (local.get $target)))
            (else (i32.const 0))))
        (then
          (call $slot_put (local.get $target) (local.get $index) (local.get $value))
          (br $next)))
      (struct.set $Context $pc (local.get $context) (local.get $pc))
      (local.set $slots (call $ensure_room (local.get $context) (local.get $sp) (i32.const 3)))
      (array.set $Slots (local.get $slots) (local.get $sp) (local.get $target))
      (array.set $Slots (local.get $slots) (i32.add (local.get $sp) (i32.const 1)) (local.get $value))
      (array.set $Slots (local.get $slots) (i32.add (local.get $sp) (i32.const 2))
        (ref.i31 (i32.add (local.get $index) (i32.const 1))))
      (local.set $sp (i32.add (local.get $sp) (i32.const 3)))
      (local.set $selector (global.get $selector_attempt_to_assign))
      (local.set $count (i32.const 2))
      (br $send))

      ;; special: send of special selector $index
      (local.set $selector (array.get $Words (global.get $special_selector_ids) (local.get $index)))
      (local.set $count (call $special_argument_count (local.get $index)))
      (br $send))

      ;; super_send
      (local.set $start (call $superclass_index (local.get $method))))

      ;; literal_send
      (local.set $selector (call $literal_selector (local.get $method) (local.get $index)))
;;@if INSTRUMENTED
      (call $count_send (local.get $profile) (local.get $at) (local.get $selector)
        (array.get $Slots (local.get $slots) (i32.sub (i32.sub (local.get $sp) (local.get $count)) (i32.const 1))))
;;@endif
      )

      ;; send: $selector with $count arguments; $start is the class index to begin at, -1: the receiver's
      (loop $resend
        (local.set $base (i32.sub (i32.sub (local.get $sp) (local.get $count)) (i32.const 1)))
        (local.set $target (array.get $Slots (local.get $slots) (local.get $base)))
        (if (i32.lt_s (local.get $start) (i32.const 0))
          (then (local.set $start (call $class_index_of (local.get $target)))))
        (local.set $found (call $method_for (local.get $start) (local.get $selector)))
        (loop $invoke
          (block $odd (result eqref)
            (local.set $callee (br_on_cast_fail $odd eqref (ref $CompiledMethod) (local.get $found)))
            (local.set $start (i32.const -1))
            (local.set $index (struct.get $CompiledMethod $primitive (local.get $callee)))
            (if (call $is_quick (local.get $index))
              (then
;;@if INSTRUMENTED
                (call $count_activation (call $profile_of (ref.as_non_null (local.get $callee))) (i32.const 0))
;;@endif
                (if (local.get $depth)
                  (then (br_if $capture (call $quick_needs_capture (local.get $index) (local.get $target)))))
                (local.set $sp (local.get $base))
                (local.set $value (call $quick_primitive (local.get $index) (local.get $target)))
                (br $push)))
            (struct.set $Context $pc (local.get $context) (local.get $pc))
            (struct.set $Context $sp (local.get $context) (local.get $base))
            (if (global.get $v3)
              (then
                (if (i32.le_u (i32.sub (local.get $index) (i32.const 81)) (i32.const 1))
                  (then
                    (local.set $other (call $ready_block_at (local.get $target) (local.get $slots)
                      (i32.add (local.get $base) (i32.const 1)) (local.get $count) (local.get $index)))
                    (if (i32.eqz (ref.is_null (local.get $other)))
                      (then
                        (br_if $enter (i32.eqz (call $has_block_code (ref.as_non_null (local.get $other)))))
                        (call $note_interpreted (local.get $context) (local.get $depth))
                        (local.set $value (call $run_block_context (ref.as_non_null (local.get $other))
                          (i32.add (local.get $depth) (i32.const 64))))
                        (br $result)))))))
            (if (struct.get $CompiledMethod $code (local.get $callee))
              (then
                (if (call $may_run_translated (ref.as_non_null (local.get $callee)) (local.get $target))
                  (then
                    (call $note_interpreted (local.get $context) (local.get $depth))
                    (local.set $value (call $call_translated_at (ref.as_non_null (local.get $callee)) (local.get $slots)
                      (local.get $base) (local.get $count) (local.get $selector)
                      (i32.add (local.get $depth) (i32.const 64))))
                    (br $result)))))
            (br_if $activate (i32.eqz (local.get $index)))
            ;; primitives that change what is sent stay in the loop
            (block $ordinary
              (block $evaluate (block $spread_values (block $execute (block $execute_spread
              (block $perform_from (block $perform_spread (block $perform
                (br_if $perform (i32.eq (local.get $index) (i32.const 83)))
                (br_if $perform_spread (i32.eq (local.get $index) (i32.const 84)))
                (br_if $perform_from (i32.eq (local.get $index) (i32.const 100)))
                (br_table $execute_spread $execute $ordinary $ordinary $ordinary $ordinary $ordinary $ordinary $ordinary $ordinary
                  $ordinary $ordinary $ordinary $evaluate $evaluate $evaluate $evaluate $evaluate $spread_values
                  $evaluate $spread_values $evaluate $ordinary $ordinary $ordinary $ordinary $ordinary $ordinary
                  $ordinary $ordinary $ordinary $ordinary $ordinary $evaluate $evaluate $ordinary
                  (i32.sub (local.get $index) (i32.const 188))))
                ;; perform: selector with: ...
                (br_if $ordinary (i32.eqz (local.get $count)))
                (local.set $index (call $performed_selector
                  (array.get $Slots (local.get $slots) (i32.add (local.get $base) (i32.const 1)))
                  (call $class_index_of (local.get $target)) (i32.sub (local.get $count) (i32.const 1))))
                (br_if $ordinary (i32.lt_s (local.get $index) (i32.const 0)))
                (local.set $selector (local.get $index))
                (local.set $count (i32.sub (local.get $count) (i32.const 1)))
                (array.copy $Slots $Slots (local.get $slots) (i32.add (local.get $base) (i32.const 1))
                  (local.get $slots) (i32.add (local.get $base) (i32.const 2)) (local.get $count))
                (local.set $sp (i32.sub (local.get $sp) (i32.const 1)))
                (br $resend))
                ;; perform: selector withArguments: array
                (br_if $ordinary (i32.ne (local.get $count) (i32.const 2)))
                (local.set $frame (call $array_contents
                  (array.get $Slots (local.get $slots) (i32.add (local.get $base) (i32.const 2)))))
                (br_if $ordinary (ref.is_null (local.get $frame)))
                (local.set $index (call $performed_selector
                  (array.get $Slots (local.get $slots) (i32.add (local.get $base) (i32.const 1)))
                  (call $class_index_of (local.get $target)) (array.len (local.get $frame))))
                (br_if $ordinary (i32.lt_s (local.get $index) (i32.const 0)))
                (local.set $selector (local.get $index))
                (local.set $count (array.len (local.get $frame)))
                (local.set $slots (call $spread (local.get $context) (local.get $base) (ref.as_non_null (local.get $frame))))
                (local.set $sp (i32.add (i32.add (local.get $base) (local.get $count)) (i32.const 1)))
                (br $resend))
                ;; perform: selector withArguments: array inSuperclass: class
                (br_if $ordinary (i32.ne (local.get $count) (i32.const 3)))
                (local.set $frame (call $array_contents
                  (array.get $Slots (local.get $slots) (i32.add (local.get $base) (i32.const 2)))))
                (br_if $ordinary (ref.is_null (local.get $frame)))
                (local.set $found (array.get $Slots (local.get $slots) (i32.add (local.get $base) (i32.const 3))))
                (br_if $ordinary (i32.eqz (call $inherits_from (call $class_of (local.get $target)) (local.get $found))))
                (local.set $index (call $performed_selector
                  (array.get $Slots (local.get $slots) (i32.add (local.get $base) (i32.const 1)))
                  (call $ensure_class_index (local.get $found)) (array.len (local.get $frame))))
                (br_if $ordinary (i32.lt_s (local.get $index) (i32.const 0)))
                (local.set $selector (local.get $index))
                (local.set $start (call $ensure_class_index (local.get $found)))
                (local.set $count (array.len (local.get $frame)))
                (local.set $slots (call $spread (local.get $context) (local.get $base) (ref.as_non_null (local.get $frame))))
                (local.set $sp (i32.add (i32.add (local.get $base) (local.get $count)) (i32.const 1)))
                (br $resend))
                ;; withArgs: array executeMethod: method
                (br_if $ordinary (i32.ne (local.get $count) (i32.const 2)))
                (local.set $frame (call $array_contents
                  (array.get $Slots (local.get $slots) (i32.add (local.get $base) (i32.const 1)))))
                (br_if $ordinary (ref.is_null (local.get $frame)))
                (local.set $found (array.get $Slots (local.get $slots) (i32.add (local.get $base) (i32.const 2))))
                (br_if $ordinary (i32.eqz (call $takes_arguments (local.get $found) (array.len (local.get $frame)))))
                (local.set $count (array.len (local.get $frame)))
                (local.set $slots (call $spread (local.get $context) (local.get $base) (ref.as_non_null (local.get $frame))))
                (local.set $sp (i32.add (i32.add (local.get $base) (local.get $count)) (i32.const 1)))
                (br $invoke))
                ;; with: ... executeMethod: method
                (br_if $ordinary (i32.eqz (local.get $count)))
                (local.set $found (array.get $Slots (local.get $slots) (i32.sub (local.get $sp) (i32.const 1))))
                (br_if $ordinary (i32.eqz
                  (call $takes_arguments (local.get $found) (i32.sub (local.get $count) (i32.const 1)))))
                (local.set $count (i32.sub (local.get $count) (i32.const 1)))
                (local.set $sp (i32.sub (local.get $sp) (i32.const 1)))
                (br $invoke))
                ;; valueWithArguments: array
                (br_if $ordinary (i32.ne (local.get $count) (i32.const 1)))
                (local.set $frame (call $array_contents
                  (array.get $Slots (local.get $slots) (i32.add (local.get $base) (i32.const 1)))))
                (br_if $ordinary (ref.is_null (local.get $frame)))
                (br_if $ordinary (i32.eqz (call $closure_takes (local.get $target) (array.len (local.get $frame)))))
                (local.set $closure (ref.cast (ref $BlockClosure) (local.get $target)))
                (local.set $count (array.len (local.get $frame)))
                (local.set $slots (call $spread (local.get $context) (local.get $base) (ref.as_non_null (local.get $frame))))
                (local.set $sp (i32.add (i32.add (local.get $base) (local.get $count)) (i32.const 1)))
                (br $activate_block))
                ;; value, value: and their like
                (br_if $ordinary (i32.eqz (call $closure_takes (local.get $target) (local.get $count))))
                (local.set $closure (ref.cast (ref $BlockClosure) (local.get $target)))
                (br $activate_block))
            (call $note_interpreted (local.get $context) (local.get $depth))
            (local.set $value (call $call_primitive_at (ref.as_non_null (local.get $callee)) (local.get $slots)
              (local.get $base) (local.get $count) (local.get $depth)))
            (br_if $activate (ref.eq (local.get $value) (global.get $failed)))
            (br $result))
          (drop))
        ;; odd: nothing found, or no method
        (call $note_interpreted (local.get $context) (local.get $depth))
        (struct.set $Context $sp (local.get $context) (local.get $base))
        (local.set $slots (call $ensure_room (local.get $context) (local.get $sp) (i32.const 4)))
        (if (ref.is_null (local.get $found))
          (then
            (if (i32.eq (local.get $selector) (global.get $selector_does_not_understand))
              (then (return_call $stop_interpreter (i32.const 2) (local.get $context)
                (struct.get $Context $pc (local.get $context)) (local.get $base) (local.get $depth))))
            (local.set $value (call $message_for (local.get $selector) (local.get $slots)
              (i32.add (local.get $base) (i32.const 1)) (local.get $count) (local.get $start)))
            (array.set $Slots (local.get $slots) (i32.add (local.get $base) (i32.const 1)) (local.get $value))
            (local.set $selector (global.get $selector_does_not_understand))
            (local.set $count (i32.const 1)))
          (else
            (if (i32.eq (local.get $selector) (global.get $selector_run_with_in))
              (then (return_call $stop_interpreter (i32.const 2) (local.get $context)
                (struct.get $Context $pc (local.get $context)) (local.get $base) (local.get $depth))))
            (local.set $value (call $array_of (local.get $slots) (i32.add (local.get $base) (i32.const 1)) (local.get $count)))
            (array.set $Slots (local.get $slots) (local.get $base) (local.get $found))
            (array.set $Slots (local.get $slots) (i32.add (local.get $base) (i32.const 1))
              (array.get $Slots (global.get $selectors) (local.get $selector)))
            (array.set $Slots (local.get $slots) (i32.add (local.get $base) (i32.const 2)) (local.get $value))
            (array.set $Slots (local.get $slots) (i32.add (local.get $base) (i32.const 3)) (local.get $target))
            (local.set $selector (global.get $selector_run_with_in))
            (local.set $start (i32.const -1))
            (local.set $count (i32.const 3))))
        (local.set $sp (i32.add (i32.add (local.get $base) (local.get $count)) (i32.const 1)))
        (br $resend)))

      ;; activate_block: $closure takes the $count arguments above $base
      (if (call $is_translated_closure (ref.as_non_null (local.get $closure)))
        (then
          (if (i32.lt_u (local.get $count) (i32.const 16))
            (then
              (call $note_interpreted (local.get $context) (local.get $depth))
              (local.set $value (call $call_closure_at (ref.as_non_null (local.get $closure)) (local.get $slots)
                (local.get $base) (local.get $count) (i32.add (local.get $depth) (i32.const 64))))
              (br $result)))))
      (local.set $frame (call $new_block_frame (ref.as_non_null (local.get $closure)) (local.get $count)))
      (call $copy_operands (ref.as_non_null (local.get $frame)) (local.get $slots) (local.get $base) (local.get $count))
      (local.set $other (call $new_block_context (ref.as_non_null (local.get $closure))
        (ref.as_non_null (local.get $frame)) (local.get $count)))
      (br $enter))

      ;; activate: $callee for $target with the $count arguments above $base
      (local.set $frame (call $new_frame (ref.as_non_null (local.get $callee)) (local.get $count)))
      (if (global.get $v3)
        (then (call $note_failure (ref.as_non_null (local.get $callee)) (ref.as_non_null (local.get $frame)))))
      (call $copy_operands (ref.as_non_null (local.get $frame)) (local.get $slots) (local.get $base) (local.get $count))
      (local.set $other (call $new_context (ref.as_non_null (local.get $callee)) (ref.null eq) (local.get $target)
        (ref.as_non_null (local.get $frame)) (i32.const 0) (struct.get $CompiledMethod $numTemps (local.get $callee))))
      (br $enter))

      ;; result: of a native call; the Context was left with its operands popped
;;@if RECORDED
      (call $note_interpreted (local.get $context) (local.get $depth))
;;@endif
      (if (ref.eq (local.get $value) (global.get $unwind))
        (then (return_call $capture_interpreter (local.get $context) (local.get $at)
          (i32.add (i32.add (local.get $base) (local.get $count)) (i32.const 1)) (local.get $depth))))
      (local.set $pc (struct.get $Context $pc (local.get $context)))
      (local.set $sp (struct.get $Context $sp (local.get $context)))
      (local.set $slots (struct.get $Context $slots (local.get $context)))
      (br $push))

      ;; enter: the new Context $other
;;@if INSTRUMENTED
      (call $count_context (ref.as_non_null (local.get $other)))
;;@endif
      (struct.set $Context $sender (local.get $other) (local.get $context))
      (local.set $context (ref.as_non_null (local.get $other)))
      (global.set $countdown (i32.sub (global.get $countdown) (i32.const 1)))
      (br_if $fetch (i32.ge_s (global.get $countdown) (i32.const 0))))

      ;; check: the Context is up to date. At depth 0 a poll also leaves this function, so that an engine
      ;; without on-stack replacement can come back with better code.
      (if (i32.eqz (call $poll))
        (then
          (br_if $fetch (local.get $depth))
;;@if INSTRUMENTED
          (call $capture_for (i32.const 2))
;;@endif
          (drop (call $begin_capture_restart))))
      (return_call $capture_interpreter (local.get $context) (struct.get $Context $pc (local.get $context))
        (struct.get $Context $sp (local.get $context)) (local.get $depth)))

      ;; capture: the current bytecode is executed again when all Contexts are in the heap
      (drop (call $begin_capture_restart))
;;@if INSTRUMENTED
      (call $capture_for (i32.const 6))
      (call $count_interpreted (local.get $profile) (i32.const -1))
;;@endif
      (return_call $capture_interpreter (local.get $context) (local.get $at) (local.get $sp) (local.get $depth)))

      ;; push: $value
      (array.set $Slots (local.get $slots) (local.get $sp) (local.get $value))
      (local.set $sp (i32.add (local.get $sp) (i32.const 1)))
      (br $next))
    (unreachable))
  (unreachable))
