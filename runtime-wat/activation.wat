;; Native activations: frame tokens, closures, captures and non-local returns. What translated code calls around
;; its sends lives here. Touches the unwind registers and nothing of the scheduler.

;; The method whose primitive is being called; $begin_capture_again retries with it.
(global $primitive_method (mut (ref null $CompiledMethod)) (ref.null $CompiledMethod))

;; What a captured frame has in a temporary that only SmallIntegers are stored into: an i32 that is none of them before
;; the first store.
(func $captured_integer (param $integer i32) (param $before eqref) (result eqref)
  (if (result eqref) (i32.eq (local.get $integer) (i32.const 0x80000000))
    (then (local.get $before))
    (else (ref.i31 (local.get $integer)))))

;; --- frame tokens and closures ---

(func $new_token (param $methodId i32) (param $receiver eqref) (result (ref $FrameToken))
  (struct.new $FrameToken (ref.null $Context)
    (ref.as_non_null (array.get $Methods (global.get $methods) (local.get $methodId)))
    (local.get $receiver) (ref.null eq) (ref.null $BlockClosure) (global.get $barrier_count) (i32.const 1)))

(func $new_block_token (param $closure (ref $BlockClosure)) (result (ref $FrameToken))
  (struct.new $FrameToken (ref.null $Context)
    (call $closure_method (local.get $closure)) (call $closure_receiver (local.get $closure))
    (struct.get $BlockClosure $outer (local.get $closure)) (local.get $closure)
    (global.get $barrier_count) (i32.const 1)))

(func $closure_receiver (param $closure (ref $BlockClosure)) (result eqref)
  (block $other (result eqref)
    (return (struct.get $FrameToken $receiver
      (br_on_cast_fail $other eqref (ref $FrameToken) (struct.get $BlockClosure $outer (local.get $closure))))))
  (return_call $closure_receiver_from_context))

(func $full_closure_receiver (param $closure (ref $BlockClosure)) (result eqref)
  (struct.get $FullBlock $receiver (ref.cast (ref $FullBlock) (struct.get $BlockClosure $outer (local.get $closure)))))

;; The activation that a closure's $outer stands for: $FrameToken, Context or nil.
(func $outer_activation (param $outer eqref) (result eqref)
  (block $other (result eqref)
    (return (struct.get $FullBlock $outer (br_on_cast_fail $other eqref (ref $FullBlock) (local.get $outer))))))

(func $is_full_closure (param $closure (ref $BlockClosure)) (result i32)
  (ref.test (ref $FullBlock) (struct.get $BlockClosure $outer (local.get $closure))))

(func $closure_receiver_from_context (param $outer eqref) (result eqref)
  (block $other (result eqref)
    (return (struct.get $FullBlock $receiver (br_on_cast_fail $other eqref (ref $FullBlock) (local.get $outer)))))
  (drop)
  (block $none (result eqref)
    (return (struct.get $Context $receiver (br_on_cast_fail $none eqref (ref $Context) (local.get $outer)))))
  (drop)
  (ref.null eq))

(func $closure_method (param $closure (ref $BlockClosure)) (result (ref $CompiledMethod))
  (block $other (result eqref)
    (return (struct.get $FrameToken $method
      (br_on_cast_fail $other eqref (ref $FrameToken) (struct.get $BlockClosure $outer (local.get $closure))))))
  (return_call $closure_method_from_context))

(func $closure_method_from_context (param $outer eqref) (result (ref $CompiledMethod))
  (block $other (result eqref)
    (return (struct.get $FullBlock $method (br_on_cast_fail $other eqref (ref $FullBlock) (local.get $outer)))))
  (drop)
  (struct.get $Context $method (ref.cast (ref $Context) (local.get $outer))))

;; A closure that runs translated code where the method has some for this block and receiver.
(func $make_closure (param $outer eqref) (param $startpc i32) (param $numArgs i32) (param $copied (ref $Slots))
    (param $method (ref null $CompiledMethod)) (result (ref $BlockClosure))
  (return_call $closure_with (global.get $class_index_block_closure) (local.get $outer) (local.get $startpc)
    (local.get $numArgs) (local.get $copied)
    (call $block_code_index (local.get $method) (local.get $outer) (local.get $startpc))))

;; The same for a CompiledBlock.
(func $make_full_closure (param $outer eqref) (param $block eqref) (param $receiver eqref) (param $copied (ref $Slots))
    (result (ref $BlockClosure))
  (local $method (ref $CompiledMethod)) (local $code i32)
  (local.set $method (ref.cast (ref $CompiledMethod) (local.get $block)))
  (if (call $may_run_translated (local.get $method) (local.get $receiver))
    (then (local.set $code (call $entry_code (local.get $method) (i32.const 0)))))
  (return_call $closure_with (global.get $class_index_full_block_closure)
    (struct.new $FullBlock (local.get $outer) (local.get $method) (local.get $receiver)) (i32.const 0)
    (struct.get $CompiledMethod $numArgs (local.get $method)) (local.get $copied) (local.get $code)))

;; $code: index in the table of code, 0 for the interpreter.
(func $closure_with (param $classIndex i32) (param $outer eqref) (param $startpc i32) (param $numArgs i32)
    (param $copied (ref $Slots)) (param $code i32) (result (ref $BlockClosure))
;;@repeat 0 15
  (if (i32.eq (local.get $numArgs) (i32.const @n))
    (then
      (return (struct.new $BlockClosure@n (local.get $classIndex) (i32.const 0)
        (local.get $outer) (local.get $startpc) (local.get $numArgs) (local.get $copied)
        (if (result (ref $Block@n)) (local.get $code)
          (then (ref.cast (ref $Block@n) (table.get $code (local.get $code))))
          (else (ref.func $interpret_block_@n)))))))
;;@end
  (struct.new $BlockClosure (local.get $classIndex) (i32.const 0)
    (local.get $outer) (local.get $startpc) (local.get $numArgs) (local.get $copied)))

(func $block_code_index (param $method (ref null $CompiledMethod)) (param $outer eqref) (param $startpc i32) (result i32)
  (local $context (ref null $Context))
  (if (ref.is_null (local.get $method)) (then (return (i32.const 0))))
  (if (ref.is_null (struct.get $CompiledMethod $entries (local.get $method))) (then (return (i32.const 0))))
  (if (i32.eqz (ref.test (ref $Context) (local.get $outer))) (then (return (i32.const 0))))
  (local.set $context (ref.cast (ref $Context) (local.get $outer)))
  (if (i32.eqz (call $may_run_translated (ref.as_non_null (local.get $method))
        (struct.get $Context $receiver (local.get $context))))
    (then (return (i32.const 0))))
  (return_call $entry_code (ref.as_non_null (local.get $method)) (i32.shl (local.get $startpc) (i32.const 1))))

;; Of kind 2, entries behind a send, $pc is a position: the stack has to be as deep as the code expects.
(func $entry_key (param $pc i32) (param $kind i32) (result i32)
  (if (i32.eq (local.get $kind) (i32.const 2)) (then (return (i32.or (local.get $pc) (i32.const 0x80000000)))))
  (i32.or (i32.shl (local.get $pc) (i32.const 1)) (local.get $kind)))

;; Table index of the entry with this key, 0 when there is none.
(func $entry_code (param $method (ref $CompiledMethod)) (param $key i32) (result i32)
  (local $entries (ref null $Words)) (local $i i32)
  (local.set $entries (struct.get $CompiledMethod $entries (local.get $method)))
  (if (ref.is_null (local.get $entries)) (then (return (i32.const 0))))
  (loop $next
    (if (i32.lt_u (local.get $i) (array.len (local.get $entries)))
      (then
        (if (i32.eq (array.get $Words (local.get $entries) (local.get $i)) (local.get $key))
          (then (return (array.get $Words (local.get $entries) (i32.add (local.get $i) (i32.const 1))))))
        (local.set $i (i32.add (local.get $i) (i32.const 2)))
        (br $next))))
  (i32.const 0))

;; Whether translated code of the method may run with this receiver: its instance variables are where the code expects them.
(func $may_run_translated (param $method (ref $CompiledMethod)) (param $receiver eqref) (result i32)
  (local $shape i32)
  (if (global.get $interpret_only) (then (return (i32.const 0))))
  (local.set $shape (struct.get $CompiledMethod $shape (local.get $method)))
  (if (i32.eqz (local.get $shape)) (then (return (i32.const 1))))
  (if (i32.lt_s (local.get $shape) (i32.const 0)) (then (return (ref.test (ref $Indexed) (local.get $receiver)))))
  (if (global.get $float_slots)
    (then (if (i32.eqz (call $has_float_slots (local.get $receiver) (local.get $shape))) (then (return (i32.const 0))))))
  (return_call $is_fixed_at_least (local.get $receiver) (i32.and (local.get $shape) (i32.const 63))))

(func $is_fixed_at_least (param $receiver eqref) (param $size i32) (result i32)
;;@repeat 1 40
  (if (i32.eq (local.get $size) (i32.const @n)) (then (return (ref.test (ref $Fixed@n) (local.get $receiver)))))
;;@end
  (i32.const 0))

;; --- beginning a capture ---

;; $captured_top and $captured_bottom are null before: $finish_capture sees to that.
(func $begin_capture (param $pushes i32) (param $value eqref)
  (global.set $unwind_reason (i32.const 1))
  (global.set $unwind_pushes (local.get $pushes))
  (global.set $unwind_value (local.get $value))
  (global.set $after_capture (i32.const 0))
  (global.set $retry_method (ref.null $CompiledMethod)))

(func $begin_capture_restart (result eqref)
  (call $begin_capture (i32.const 0) (ref.null eq))
  (global.get $unwind))

(func $begin_capture_push (param $value eqref) (result eqref)
  (call $begin_capture (i32.const 1) (local.get $value))
;;@if INSTRUMENTED
  (call $capture_for (i32.const 3))
;;@endif
  (global.get $unwind))

(func $begin_capture_retry (param $method (ref $CompiledMethod)) (param $receiver eqref) (param $arguments (ref $Slots))
    (result eqref)
  (call $begin_capture (i32.const 0) (ref.null eq))
;;@if INSTRUMENTED
  (call $capture_for (i32.const 4))
;;@endif
  (global.set $retry_method (local.get $method))
  (global.set $retry_receiver (local.get $receiver))
  (global.set $retry_arguments (local.get $arguments))
  (global.set $after_capture (i32.const 1))
  (global.get $unwind))

;; For primitives: retries the method whose primitive is being called.
(func $begin_capture_again (param $receiver eqref) (param $arguments (ref $Slots)) (result eqref)
  (return_call $begin_capture_retry (ref.as_non_null (global.get $primitive_method))
    (local.get $receiver) (local.get $arguments)))

;; A function was entered beyond the depth limit, or it is time to poll. 1: it captures itself at its first instruction.
(func $check_entry (param $depth i32) (result i32)
  (if (i32.gt_u (local.get $depth) (global.get $depth_limit))
    (then
      (drop (call $begin_capture_restart))
;;@if INSTRUMENTED
      (call $capture_for (i32.const 1))
;;@endif
      (return (i32.const 1))))
  (if (i32.lt_s (global.get $countdown) (i32.const 0)) (then (return_call $poll)))
  (i32.const 0))

;; A loop has used up what it counted in a local: what it may count next, or -1 when its frame is to be left.
(func $refuel (result i32)
  (global.set $countdown (i32.sub (global.get $countdown) (i32.const 64)))
  (if (i32.lt_s (global.get $countdown) (i32.const 0))
    (then (if (call $poll) (then (return (i32.const -1))))))
  (i32.const 63))

;; Whether the value is a SmallInteger of that range.
(func $is_integer_in (param $value eqref) (param $low i32) (param $high i32) (result i32)
  (block $other (result eqref)
    (return (i32.le_u
      (i32.sub (i31.get_s (br_on_cast_fail $other eqref (ref i31) (local.get $value))) (local.get $low))
      (i32.sub (local.get $high) (local.get $low)))))
  (drop)
  (i32.const 0))

;; --- captured frames ---

(func $capture_frame (param $token (ref null $FrameToken)) (param $methodId i32) (param $receiver eqref)
    (param $position i32) (param $slots (ref $Slots)) (result eqref)
  (return_call $capture_activation (local.get $token)
    (ref.as_non_null (array.get $Methods (global.get $methods) (local.get $methodId)))
    (ref.null eq) (local.get $receiver) (local.get $position) (local.get $slots)))

(func $capture_block_frame (param $token (ref null $FrameToken)) (param $closure (ref $BlockClosure))
    (param $position i32) (param $slots (ref $Slots)) (result eqref)
  (return_call $capture_activation (local.get $token) (call $closure_method (local.get $closure)) (local.get $closure)
    (call $closure_receiver (local.get $closure)) (local.get $position) (local.get $slots)))

;; The slots are those of the Context from now on. Whoever interprets it gives it more: many never are.
(func $capture_activation (param $token (ref null $FrameToken)) (param $method (ref $CompiledMethod))
    (param $closure eqref) (param $receiver eqref) (param $position i32) (param $slots (ref $Slots)) (result eqref)
  (local $context (ref $Context)) (local $sp i32)
  (local.set $sp (i32.and (local.get $position) (i32.const 0xFF)))
  (local.set $context (call $new_context (local.get $method) (local.get $closure) (local.get $receiver)
    (local.get $slots) (i32.shr_u (local.get $position) (i32.const 8)) (local.get $sp)))
  (call $clear_between (local.get $slots) (local.get $sp) (array.len (local.get $slots)))
  (if (i32.eqz (ref.is_null (local.get $token)))
    (then (struct.set $FrameToken $context (local.get $token) (local.get $context))))
  (return_call $link_captured (local.get $context)))

;; An activation that continued an existing Context (on-stack replacement) writes its state back.
(func $capture_resumed_frame (param $context (ref $Context)) (param $position i32) (param $slots (ref $Slots))
    (result eqref)
  (local $sp i32) (local $old i32) (local $frame (ref $Slots))
  (local.set $sp (i32.and (local.get $position) (i32.const 0xFF)))
  (local.set $old (struct.get $Context $sp (local.get $context)))
  (local.set $frame (struct.get $Context $slots (local.get $context)))
  (struct.set $Context $pc (local.get $context) (i32.shr_u (local.get $position) (i32.const 8)))
  (struct.set $Context $sp (local.get $context) (local.get $sp))
  (if (i32.gt_u (local.get $sp) (array.len (local.get $frame)))
    (then
      (struct.set $Context $slots (local.get $context)
        (call $frame_with (struct.get $Context $method (local.get $context)) (local.get $slots) (local.get $sp)))
      (return_call $link_captured (local.get $context))))
  (call $copy_operands (local.get $frame) (local.get $slots) (i32.const -1) (local.get $sp))
  (call $clear_between (local.get $frame) (local.get $sp) (local.get $old))
  (return_call $link_captured (local.get $context)))

;; The next older Context of the capture in progress. The first one gets the answered value. A frame that is left while
;; nothing unwinds yet wants its bytecode executed again: it begins the capture.
(func $link_captured (param $context (ref $Context)) (result eqref)
  (if (i32.eqz (global.get $unwind_reason)) (then (call $begin_capture (i32.const 0) (ref.null eq))))
;;@if INSTRUMENTED
  (call $count_captured_frame)
;;@endif
  (if (ref.is_null (global.get $captured_top))
    (then
      (global.set $captured_top (local.get $context))
      (if (global.get $unwind_pushes)
        (then
          (global.set $unwind_pushes (i32.const 0))
          (call $context_push (local.get $context) (global.get $unwind_value)))))
    (else
      (struct.set $Context $sender (call $captured_last) (local.get $context))
      (global.set $captured_bottom (local.get $context))))
  (global.get $unwind))

;; The oldest so far: $captured_bottom is null while there is but one.
(func $captured_last (result (ref $Context))
  (block $one
    (return (br_on_null $one (global.get $captured_bottom))))
  (ref.as_non_null (global.get $captured_top)))

(func $clear_between (param $slots (ref $Slots)) (param $i i32) (param $end i32)
  (loop $next
    (if (i32.lt_u (local.get $i) (local.get $end))
      (then
        (array.set $Slots (local.get $slots) (local.get $i) (ref.null eq))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br $next)))))

;; A fresh frame for the method that holds the first $count entries of $slots.
(func $frame_with (param $method (ref $CompiledMethod)) (param $slots (ref $Slots)) (param $count i32)
    (result (ref $Slots))
  (local $frame (ref $Slots)) (local $size i32)
  (local.set $size (struct.get $CompiledMethod $frameSize (local.get $method)))
  (if (i32.gt_u (local.get $count) (local.get $size)) (then (local.set $size (local.get $count))))
  (local.set $frame (call $empty_frame (local.get $size)))
  (array.copy $Slots $Slots (local.get $frame) (i32.const 0) (local.get $slots) (i32.const 0) (local.get $count))
  (local.get $frame))

;; With so many slots or more. Engines fill an array whose length they know by themselves, and call out for others.
(func $empty_frame (param $size i32) (result (ref $Slots))
  (if (i32.gt_u (local.get $size) (i32.const 16)) (then (return (array.new_default $Slots (local.get $size)))))
  (array.new_fixed $Slots 16
    (ref.null eq) (ref.null eq) (ref.null eq) (ref.null eq) (ref.null eq) (ref.null eq) (ref.null eq) (ref.null eq)
    (ref.null eq) (ref.null eq) (ref.null eq) (ref.null eq) (ref.null eq) (ref.null eq) (ref.null eq) (ref.null eq)))

(func $new_context (param $method (ref $CompiledMethod)) (param $closure eqref) (param $receiver eqref)
    (param $frame (ref $Slots)) (param $pc i32) (param $sp i32) (result (ref $Context))
  (struct.new $Context (global.get $class_index_context) (i32.const 0) (ref.null eq) (local.get $pc) (local.get $sp)
    (local.get $method) (local.get $closure) (local.get $receiver) (local.get $frame)))

;; --- non-local return ---

;; `^` in a translated block. The home frame is unwound to when nothing between must hear of it; otherwise the return
;; bytecode is executed again in the interpreter.
(func $non_local_return (param $closure (ref $BlockClosure)) (param $value eqref) (result eqref)
  (local $outer eqref) (local $home (ref $FrameToken))
  (local.set $outer (struct.get $BlockClosure $outer (local.get $closure)))
  (loop $outward
    (block $other (result eqref)
      (local.set $home (br_on_cast_fail $other eqref (ref $FrameToken) (local.get $outer)))
      (if (i32.eqz (ref.is_null (struct.get $FrameToken $closure (local.get $home))))
        (then
          (local.set $outer (struct.get $FrameToken $home (local.get $home)))
          (br $outward)))
      (if (i32.and (struct.get $FrameToken $alive (local.get $home))
            (i32.and (ref.is_null (struct.get $FrameToken $context (local.get $home)))
              (i32.eq (struct.get $FrameToken $barriers (local.get $home)) (global.get $barrier_count))))
        (then
          (global.set $unwind_reason (i32.const 2))
          (global.set $unwind_home (local.get $home))
          (global.set $unwind_value (local.get $value))
          (return (global.get $unwind))))
;;@if INSTRUMENTED
      (call $capture_for (i32.const 5))
;;@endif
      (return_call $begin_capture_restart))
    (local.set $outer)
    (if (ref.test (ref $FullBlock) (local.get $outer))
      (then
        (local.set $outer (call $outer_activation (local.get $outer)))
        (br $outward))))
;;@if INSTRUMENTED
  (call $capture_for (i32.const 5))
;;@endif
  (return_call $begin_capture_restart))

;; --- value, value: and their like ---

;;@repeat 0 1
(func $block_value_@n (param $receiver eqref) @each{(param $argument@i eqref) }(param $depth i32) (result eqref)
  (local $closure (ref $BlockClosure@n)) (local $result eqref)
  (block $other (result eqref)
    (local.set $closure (br_on_cast_fail $other eqref (ref $BlockClosure@n) (local.get $receiver)))
    (return_call_ref $Block@n (local.get $closure) @each{(local.get $argument@i) }(local.get $depth)
      (struct.get $BlockClosure@n $code (local.get $closure))))
  (drop)
  (if (global.get $v3)
    (then
      (local.set $result (call $block_context_value_@n (local.get $receiver) @each{(local.get $argument@i) }(local.get $depth)))
      (if (i32.eqz (ref.eq (local.get $result) (global.get $failed))) (then (return (local.get $result))))))
  (return_call $send_@n (local.get $receiver) @each{(local.get $argument@i) }
    (array.get $Words (global.get $special_selector_ids) (i32.add (i32.const 25) (i32.const @n))) (local.get $depth)))
;;@end
