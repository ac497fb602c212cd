;; Calls between the interpreter and everything else: primitives by number, translated code from operands in a frame, and
;; the entry points through which translated code reaches interpreted methods and blocks.

;; --- primitives ---

;; Index into the tables $primitives_<n>, 0 when the primitive cannot be there.
(func $table_index_of (param $method (ref $CompiledMethod)) (result i32)
  (local $number i32)
  (local.set $number (struct.get $CompiledMethod $primitive (local.get $method)))
  (if (i32.eq (local.get $number) (i32.const 117))
    (then (return_call $named_table_index (local.get $method))))
  (select (local.get $number) (i32.const 0) (i32.lt_u (local.get $number) (i32.const 1024))))

(func $named_table_index (param $method (ref $CompiledMethod)) (result i32)
  (local $index i32)
  (local.set $index (struct.get $CompiledMethod $namedPrimitive (local.get $method)))
  (if (i32.eq (local.get $index) (i32.const -1))
    (then
      (local.set $index (call $resolve_named_primitive (local.get $method)))
      (struct.set $CompiledMethod $namedPrimitive (local.get $method) (local.get $index))))
  (if (i32.lt_s (local.get $index) (i32.const 0)) (then (return (i32.const 0))))
  (i32.add (local.get $index) (i32.const 1024)))

;; 256 self, 257 true, 258 false, 259 nil, 260-263 -1 to 2, from 264 on instance variables.
(func $quick_primitive (param $number i32) (param $receiver eqref) (result eqref)
  (if (i32.ge_u (local.get $number) (i32.const 264))
    (then (return_call $slot_get (local.get $receiver) (i32.sub (local.get $number) (i32.const 264)))))
  (if (i32.ge_u (local.get $number) (i32.const 260))
    (then (return (ref.i31 (i32.sub (local.get $number) (i32.const 261))))))
  (if (i32.eq (local.get $number) (i32.const 256)) (then (return (local.get $receiver))))
  (if (i32.eq (local.get $number) (i32.const 257)) (then (return (global.get $true))))
  (if (i32.eq (local.get $number) (i32.const 258)) (then (return (global.get $false))))
  (ref.null eq))

(func $quick_needs_capture (param $number i32) (param $receiver eqref) (result i32)
  (if (i32.lt_u (local.get $number) (i32.const 264)) (then (return (i32.const 0))))
  (return_call $needs_capture (local.get $receiver) (i32.sub (local.get $number) (i32.const 264))))

(func $is_quick (param $number i32) (result i32)
  (i32.lt_u (i32.sub (local.get $number) (i32.const 256)) (i32.const 264)))

;;@repeat 0 15
(func $try_primitive_@n (param $method (ref $CompiledMethod)) (param $receiver eqref) @each{(param $argument@i eqref) }
    (param $depth i32) (result eqref)
  (local $index i32) (local $code (ref null $Primitive@n)) (local $result eqref)
;;@if RECORDED
  (local $caller i32)
;;@endif
  (if (call $is_quick (struct.get $CompiledMethod $primitive (local.get $method)))
    (then
;;@if INSTRUMENTED
      (call $count_activation (call $profile_of (local.get $method)) (i32.const 0))
;;@endif
      (if (local.get $depth)
        (then (if (call $quick_needs_capture (struct.get $CompiledMethod $primitive (local.get $method)) (local.get $receiver))
          (then (return_call $begin_capture_retry (local.get $method) (local.get $receiver)
            (array.new_fixed $Slots @n @each{(local.get $argument@i) }))))))
      (return_call $quick_primitive (struct.get $CompiledMethod $primitive (local.get $method)) (local.get $receiver))))
  (local.set $index (call $table_index_of (local.get $method)))
  (local.set $code (table.get $primitives_@n (local.get $index)))
  (if (ref.is_null (local.get $code))
    (then
      (call $note_missing (local.get $method) (local.get $index))
      (return (global.get $failed))))
  (global.set $primitive_method (local.get $method))
  (global.set $failure_code (ref.null eq))
;;@if RECORDED
  (local.set $caller (global.get $recorded_depth))
  (call $record_primitive_@n (local.get $method) (local.get $receiver) @each{(local.get $argument@i) }(local.get $depth))
;;@endif
  (local.set $result (call_ref $Primitive@n (local.get $receiver) @each{(local.get $argument@i) }(local.get $depth)
    (ref.as_non_null (local.get $code))))
;;@if RECORDED
  (global.set $recorded_depth (local.get $caller))
;;@endif
  (if (global.get $counting) (then (call $note_call (local.get $index) (local.get $result))))
  (if (global.get $stopping)
    (then (return_call $leave_primitive (local.get $result) (local.get $method) (local.get $receiver)
      (array.new_fixed $Slots @n @each{(local.get $argument@i) }))))
  (local.get $result))

;; A primitive by table index, for tryPrimitive: and its like.
(func $run_indexed_@n (param $index i32) (param $receiver eqref) @each{(param $argument@i eqref) }(param $depth i32)
    (result eqref)
  (local $code (ref null $Primitive@n))
  (local.set $code (table.get $primitives_@n (local.get $index)))
  (if (ref.is_null (local.get $code)) (then (return (global.get $failed))))
  (return_call_ref $Primitive@n (local.get $receiver) @each{(local.get $argument@i) }(local.get $depth)
    (ref.as_non_null (local.get $code))))
;;@end

(func $run_indexed (param $index i32) (param $receiver eqref) (param $arguments (ref $Slots)) (param $depth i32)
    (result eqref)
  (if (i32.ge_u (local.get $index) (i32.const 2048)) (then (return (global.get $failed))))
;;@repeat 0 15
  (if (i32.eq (array.len (local.get $arguments)) (i32.const @n))
    (then (return_call $run_indexed_@n (local.get $index) (local.get $receiver)
      @each{(array.get $Slots (local.get $arguments) (i32.const @i)) }(local.get $depth))))
;;@end
  (global.get $failed))

;; The primitive of a method, the operands being in a frame: receiver at $base, then the arguments.
(func $call_primitive_at (param $method (ref $CompiledMethod)) (param $slots (ref $Slots)) (param $base i32)
    (param $count i32) (param $depth i32) (result eqref)
  (local $first i32)
  (local.set $first (i32.add (local.get $base) (i32.const 1)))
;;@repeat 0 15
  (if (i32.eq (local.get $count) (i32.const @n))
    (then (return_call $try_primitive_@n (local.get $method) (array.get $Slots (local.get $slots) (local.get $base))
      @each{(array.get $Slots (local.get $slots) (i32.add (local.get $first) (i32.const @i))) }(local.get $depth))))
;;@end
  (global.get $failed))

(func $call_primitive (param $method (ref $CompiledMethod)) (param $receiver eqref) (param $arguments (ref $Slots))
    (param $depth i32) (result eqref)
;;@repeat 0 15
  (if (i32.eq (array.len (local.get $arguments)) (i32.const @n))
    (then (return_call $try_primitive_@n (local.get $method) (local.get $receiver)
      @each{(array.get $Slots (local.get $arguments) (i32.const @i)) }(local.get $depth))))
;;@end
  (global.get $failed))

;; --- translated code ---

(func $call_translated_at (param $method (ref $CompiledMethod)) (param $slots (ref $Slots)) (param $base i32)
    (param $count i32) (param $selector i32) (param $depth i32) (result eqref)
  (local $first i32) (local $code funcref)
  (local.set $code (table.get $code (struct.get $CompiledMethod $code (local.get $method))))
  (local.set $first (i32.add (local.get $base) (i32.const 1)))
;;@repeat 0 15
  (if (i32.eq (local.get $count) (i32.const @n))
    (then (return_call_ref $Code@n (array.get $Slots (local.get $slots) (local.get $base))
      @each{(array.get $Slots (local.get $slots) (i32.add (local.get $first) (i32.const @i))) }
      (local.get $selector) (local.get $depth) (ref.cast (ref $Code@n) (local.get $code)))))
;;@end
  (unreachable))

;; Whether calling the closure natively is worth while: its method has translated code.
(func $is_translated_closure (param $closure (ref $BlockClosure)) (result i32)
  (if (global.get $interpret_only) (then (return (i32.const 0))))
  (i32.eqz (ref.is_null (struct.get $CompiledMethod $entries (call $closure_method (local.get $closure))))))

(func $call_closure_at (param $closure (ref $BlockClosure)) (param $slots (ref $Slots)) (param $base i32)
    (param $count i32) (param $depth i32) (result eqref)
  (local $first i32)
  (local.set $first (i32.add (local.get $base) (i32.const 1)))
;;@repeat 0 15
  (if (i32.eq (local.get $count) (i32.const @n))
    (then (return_call $call_closure_@n (local.get $closure)
      @each{(array.get $Slots (local.get $slots) (i32.add (local.get $first) (i32.const @i))) }(local.get $depth))))
;;@end
  (unreachable))

;; A closure that is known to take so many arguments and to have an outer.
;;@repeat 0 15
(func $call_closure_@n (param $closure (ref $BlockClosure)) @each{(param $argument@i eqref) }(param $depth i32) (result eqref)
  (block $plain (result (ref $BlockClosure))
    (return_call_ref $Block@n (local.get $closure) @each{(local.get $argument@i) }(local.get $depth)
      (struct.get $BlockClosure@n $code
        (br_on_cast_fail $plain (ref $BlockClosure) (ref $BlockClosure@n) (local.get $closure)))))
  (drop)
  (return_call $interpret_block_@n (local.get $closure) @each{(local.get $argument@i) }(local.get $depth)))

;; --- entries from native code ---

(func $interpret_@n (type $Code@n) (param $receiver eqref) @each{(param $argument@i eqref) }
    (param $selector i32) (param $depth i32) (result eqref)
  (block $odd (result eqref)
    (return_call $interpret_method_@n
      (br_on_cast_fail $odd eqref (ref $CompiledMethod)
        (call $method_for (call $class_index_of (local.get $receiver)) (local.get $selector)))
      (local.get $receiver) @each{(local.get $argument@i) }(local.get $depth)))
  (return_call $run_with_in (local.get $receiver) (local.get $selector)
    (array.new_fixed $Slots @n @each{(local.get $argument@i) }) (call $above (local.get $depth))))

(func $interpret_method_@n (param $method (ref $CompiledMethod)) (param $receiver eqref) @each{(param $argument@i eqref) }
    (param $depth i32) (result eqref)
  (local $result eqref) (local $frame (ref $Slots))
  (local.set $depth (call $above (local.get $depth)))
  (if (struct.get $CompiledMethod $primitive (local.get $method))
    (then
      (local.set $result (call $try_primitive_@n (local.get $method) (local.get $receiver)
        @each{(local.get $argument@i) }(local.get $depth)))
      (if (i32.eqz (ref.eq (local.get $result) (global.get $failed))) (then (return (local.get $result))))))
  (local.set $frame (call $new_frame (local.get $method) (i32.const @n)))
  @each{(array.set $Slots (local.get $frame) (i32.const @i) (local.get $argument@i)) }
  (return_call $interpret_from_native
    (call $new_context (local.get $method) (ref.null eq) (local.get $receiver) (local.get $frame) (i32.const 0)
      (struct.get $CompiledMethod $numTemps (local.get $method)))
    (local.get $depth)))

(func $interpret_block_@n (type $Block@n) (param $closure (ref $BlockClosure)) @each{(param $argument@i eqref) }
    (param $depth i32) (result eqref)
  (local $frame (ref $Slots))
  (local.set $depth (call $above (local.get $depth)))
  (local.set $frame (call $new_block_frame (local.get $closure) (i32.const @n)))
  @each{(array.set $Slots (local.get $frame) (i32.const @i) (local.get $argument@i)) }
  (return_call $interpret_from_native (call $new_block_context (local.get $closure) (local.get $frame) (i32.const @n))
    (local.get $depth)))
;;@end

;; Of a method, $count slots at least.
(func $new_frame (param $method (ref $CompiledMethod)) (param $count i32) (result (ref $Slots))
  (local $size i32)
  (local.set $size (call $frame_need (local.get $method)))
  (if (i32.gt_u (local.get $count) (local.get $size)) (then (local.set $size (local.get $count))))
  (return_call $empty_frame (local.get $size)))

;; Slots that an activation of the method can fill, blocks apart: no bytecode pushes more than one value.
(func $frame_need (param $method (ref $CompiledMethod)) (result i32)
  (local $size i32) (local $need i32)
  (local.set $size (struct.get $CompiledMethod $frameSize (local.get $method)))
  (local.set $need (i32.add (struct.get $CompiledMethod $numTemps (local.get $method))
    (array.len (struct.get $CompiledMethod $bytes (local.get $method)))))
  (select (local.get $need) (local.get $size) (i32.lt_u (local.get $need) (local.get $size))))

;; Operands above the receiver at $base become the first slots of a frame. So few that calling out of Wasm would cost more.
(func $copy_operands (param $frame (ref $Slots)) (param $slots (ref $Slots)) (param $base i32) (param $count i32)
  (local $i i32)
  (loop $next
    (if (i32.lt_u (local.get $i) (local.get $count))
      (then
        (local.set $base (i32.add (local.get $base) (i32.const 1)))
        (array.set $Slots (local.get $frame) (local.get $i) (array.get $Slots (local.get $slots) (local.get $base)))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br $next)))))

;; The frame of a block activation: copied values stand after the arguments.
(func $new_block_frame (param $closure (ref $BlockClosure)) (param $count i32) (result (ref $Slots))
  (local $frame (ref $Slots)) (local $copied (ref $Slots)) (local $needed i32)
  (local.set $copied (struct.get $BlockClosure $copied (local.get $closure)))
  (local.set $needed (i32.add (local.get $count) (array.len (local.get $copied))))
  (if (i32.lt_u (local.get $needed) (struct.get $CompiledMethod $frameSize (call $closure_method (local.get $closure))))
    (then (local.set $needed (struct.get $CompiledMethod $frameSize (call $closure_method (local.get $closure))))))
  (local.set $frame (call $empty_frame (local.get $needed)))
  (array.copy $Slots $Slots (local.get $frame) (local.get $count) (local.get $copied) (i32.const 0)
    (array.len (local.get $copied)))
  (local.get $frame))

;; A CompiledBlock's temporaries follow them; an embedded block pushes its own.
(func $new_block_context (param $closure (ref $BlockClosure)) (param $frame (ref $Slots)) (param $count i32)
    (result (ref $Context))
  (local $method (ref $CompiledMethod)) (local $sp i32)
  (local.set $method (call $closure_method (local.get $closure)))
  (local.set $sp (i32.add (local.get $count) (array.len (struct.get $BlockClosure $copied (local.get $closure)))))
  (if (call $is_full_closure (local.get $closure))
    (then (local.set $sp (struct.get $CompiledMethod $numTemps (local.get $method)))))
  (return_call $new_context (local.get $method) (local.get $closure)
    (call $closure_receiver (local.get $closure)) (local.get $frame)
    (struct.get $BlockClosure $startpc (local.get $closure)) (local.get $sp)))

;; Runs a new Context on top of native frames. Beyond the depth limit the Context is the first one captured instead; so it
;; is where `verify` wants to see the caller.
(func $interpret_from_native (param $context (ref $Context)) (param $depth i32) (result eqref)
  (local $result eqref) (local $outer (ref null $Context))
;;@if INSTRUMENTED
  (call $count_context (local.get $context))
;;@endif
  (if (i32.gt_s (local.get $depth) (global.get $depth_limit))
    (then
      (drop (call $begin_capture_restart))
;;@if INSTRUMENTED
      (call $capture_for (i32.const 1))
;;@endif
      (return_call $link_captured (local.get $context))))
  (if (i32.ge_s (global.get $calls_until_stop) (i32.const 0))
    (then (if (call $stops_at_call) (then (return_call $link_captured (local.get $context))))))
  (struct.set $Context $sender (local.get $context) (global.get $native_sender))
  (global.set $barrier_count (i32.add (global.get $barrier_count) (i32.const 1)))
  (local.set $outer (global.get $interpreted))
  (call $enter_interpreter (local.get $context))
;;@if RECORDED
  (call $record_interpreter (local.get $context) (i32.add (local.get $depth) (i32.const 32)))
;;@endif
  (local.set $result (call $interpret (local.get $context) (i32.add (local.get $depth) (i32.const 32))))
  (call $leave_interpreter (local.get $outer))
  (global.set $barrier_count (i32.sub (global.get $barrier_count) (i32.const 1)))
  (local.get $result))

;; A method with any number of arguments, translated or not; $failed when the count is wrong.
(func $activate_method (param $method (ref $CompiledMethod)) (param $receiver eqref) (param $arguments (ref $Slots))
    (param $depth i32) (result eqref)
  (local $count i32)
  (local.set $count (array.len (local.get $arguments)))
  (if (i32.ne (local.get $count) (struct.get $CompiledMethod $numArgs (local.get $method)))
    (then (return (global.get $failed))))
  (local.set $depth (call $above (local.get $depth)))
  (if (struct.get $CompiledMethod $code (local.get $method))
    (then
      (if (call $may_run_translated (local.get $method) (local.get $receiver))
        (then (return_call $activate_translated (local.get $method) (local.get $receiver) (local.get $arguments)
          (local.get $depth))))))
;;@repeat 0 15
  (if (i32.eq (local.get $count) (i32.const @n))
    (then (return_call $interpret_method_@n (local.get $method) (local.get $receiver)
      @each{(array.get $Slots (local.get $arguments) (i32.const @i)) }(local.get $depth))))
;;@end
  (return_call $interpret_from_native
    (call $context_for (local.get $method) (local.get $receiver) (local.get $arguments)) (local.get $depth)))

(func $activate_translated (param $method (ref $CompiledMethod)) (param $receiver eqref) (param $arguments (ref $Slots))
    (param $depth i32) (result eqref)
  (local $frame (ref $Slots)) (local $count i32)
  (local.set $count (array.len (local.get $arguments)))
  (local.set $frame (array.new_default $Slots (i32.add (local.get $count) (i32.const 1))))
  (array.set $Slots (local.get $frame) (i32.const 0) (local.get $receiver))
  (array.copy $Slots $Slots (local.get $frame) (i32.const 1) (local.get $arguments) (i32.const 0) (local.get $count))
  (return_call $call_translated_at (local.get $method) (local.get $frame) (i32.const 0) (local.get $count)
    (i32.const -1) (local.get $depth)))

;; A Context at the first instruction of the method.
(func $context_for (param $method (ref $CompiledMethod)) (param $receiver eqref) (param $arguments (ref $Slots))
    (result (ref $Context))
  (local $frame (ref $Slots))
  (local.set $frame (call $new_frame (local.get $method) (array.len (local.get $arguments))))
  (array.copy $Slots $Slots (local.get $frame) (i32.const 0) (local.get $arguments) (i32.const 0)
    (array.len (local.get $arguments)))
  (return_call $new_context (local.get $method) (ref.null eq) (local.get $receiver) (local.get $frame) (i32.const 0)
    (struct.get $CompiledMethod $numTemps (local.get $method))))
